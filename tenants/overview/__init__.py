"""What each area reports to the Department in a few words, kept ready: membership, budget, cooperation, flags.

One row of `area_fact` for each area and subject. A row is a copy: the areas' own records decide, and whoever changes
one of them makes the row stale in the same transaction (triggers in `migrations/`); the worker computes it anew. A row
that is stale, missing or past the day on which it may change by itself is never shown: readers compute it live, which
is also how the nightly comparison tells that a row is right. Sources of each fact: Children Act 2004 ss.16E to 16K.

Members read their area's rows, officials everyone's (no row holds what the national login could not compute by
itself), the public none; only the worker writes.
"""
