"""Resourcing over GraphQL: a year's budget, contributions and shares. Money in pence, with the amount in words."""
