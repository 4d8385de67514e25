"""The national register of organisations over GraphQL: found, and seen in an area."""
