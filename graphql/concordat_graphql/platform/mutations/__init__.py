"""What a platform administrator changes: each mutation with its idempotency key, its audit entry and its problems."""

from __future__ import annotations

from concordat_graphql.platform.mutations.access import AccessMutation
from concordat_graphql.platform.mutations.areas import AreasMutation
from concordat_graphql.platform.mutations.people import PeopleMutation
from concordat_graphql.platform.mutations.work import WorkMutation

MUTATIONS: tuple[type, ...] = (AreasMutation, PeopleMutation, AccessMutation, WorkMutation)

__all__ = ["MUTATIONS"]
