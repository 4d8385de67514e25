"""Delivering messages to areas' own systems, through the one door out."""
