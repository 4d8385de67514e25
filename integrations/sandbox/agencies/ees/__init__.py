"""Explore Education Statistics as an API, with one invented data set: no sign-in, values as text, also symbols."""
