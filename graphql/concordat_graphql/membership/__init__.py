"""Membership over GraphQL: who is in which office as at a day, what is vacant, what is missing, what is published."""
