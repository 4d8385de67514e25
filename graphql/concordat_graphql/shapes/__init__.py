"""Reads at the speed of the database: an operation made of shaped fields becomes one SQL statement.

`docs/read-path.md` tells it with an example. The ordinary path (Strawberry, resolver by resolver) is the
specification: what is answered here must be what it would have answered.
"""

from concordat_graphql.shapes.shape import AuditedRead, Keyset, Relation, Root, Shape

__all__ = ["AuditedRead", "Keyset", "Relation", "Root", "Shape"]
