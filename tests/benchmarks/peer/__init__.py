"""Concordat's own GraphQL endpoint beside PostGraphile 5: same database, same policies, same data, in one run."""
