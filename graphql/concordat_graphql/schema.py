"""The one schema: each capability adds its queries and mutations to the two lists."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types.execution import ExecutionContext

from concordat_graphql.connections.hooks import HooksMutation, HooksQuery
from concordat_graphql.connections.mutations import ConnectionsMutation
from concordat_graphql.connections.people_mutations import ContactsMutation
from concordat_graphql.connections.people_queries import ContactsQuery
from concordat_graphql.connections.queries import ConnectionsQuery
from concordat_graphql.connections.signing_keys import SigningKeysMutation, SigningKeysQuery
from concordat_graphql.connections.webhook_mutations import WebhooksMutation
from concordat_graphql.connections.webhook_types import WebhooksQuery
from concordat_graphql.cooperation.agency_queries import AgencyQuery
from concordat_graphql.cooperation.mutations.agencies import AgencyMutation
from concordat_graphql.cooperation.mutations.duties import DutyMutation
from concordat_graphql.cooperation.mutations.replies import ReplyMutation
from concordat_graphql.cooperation.mutations.returns import ReturnMutation
from concordat_graphql.cooperation.queries import CooperationQuery
from concordat_graphql.errors import MaskUnexpected
from concordat_graphql.indicators.mutations import IndicatorsMutation
from concordat_graphql.indicators.queries import IndicatorsQuery
from concordat_graphql.intervention.mutations import InterventionMutation
from concordat_graphql.intervention.queries import InterventionQuery
from concordat_graphql.limits import MAX_TOKENS, OperationLimits
from concordat_graphql.membership.accounts import AreaAccountsQuery
from concordat_graphql.membership.mutations import MembershipMutation
from concordat_graphql.membership.queries import MembershipQuery
from concordat_graphql.national.queries import NationalQuery
from concordat_graphql.organisations.queries import OrganisationsQuery
from concordat_graphql.platform.mutations import MUTATIONS as PLATFORM_MUTATIONS
from concordat_graphql.platform.queries import PlatformQuery
from concordat_graphql.platform.work_queries import PlatformWorkQuery
from concordat_graphql.public.queries import PublicQuery
from concordat_graphql.resourcing.agreements import AgreementsMutation, AgreementsQuery
from concordat_graphql.resourcing.mutations import ResourcingMutation
from concordat_graphql.resourcing.queries import ResourcingQuery
from concordat_graphql.scalars import SCALARS
from concordat_graphql.tenancy.audit import AuditQuery
from concordat_graphql.tenancy.mutations import TenancyMutation
from concordat_graphql.tenancy.queries import TenancyQuery
from concordat_graphql.tenancy.trail import TrailMutation, TrailQuery

QUERIES: tuple[type, ...] = (
    TenancyQuery,
    AuditQuery,
    TrailQuery,
    InterventionQuery,
    NationalQuery,
    PublicQuery,
    CooperationQuery,
    AgencyQuery,
    PlatformQuery,
    PlatformWorkQuery,
    OrganisationsQuery,
    MembershipQuery,
    AreaAccountsQuery,
    ResourcingQuery,
    AgreementsQuery,
    ConnectionsQuery,
    SigningKeysQuery,
    ContactsQuery,
    HooksQuery,
    WebhooksQuery,
    IndicatorsQuery,
)
MUTATIONS: tuple[type, ...] = (
    TenancyMutation,
    TrailMutation,
    InterventionMutation,
    AgencyMutation,
    DutyMutation,
    ReturnMutation,
    ReplyMutation,
    *PLATFORM_MUTATIONS,
    MembershipMutation,
    ResourcingMutation,
    AgreementsMutation,
    ConnectionsMutation,
    SigningKeysMutation,
    ContactsMutation,
    HooksMutation,
    WebhooksMutation,
    IndicatorsMutation,
)

Query = merge_types("Query", QUERIES)
Mutation = merge_types("Mutation", MUTATIONS)


class Schema(strawberry.Schema):
    """Logs nothing of a failed operation by itself: `MaskUnexpected` has logged what was unexpected."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Do nothing."""


schema = Schema(
    query=Query,
    mutation=Mutation,
    config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
    extensions=[
        MaskUnexpected,
        lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
        lambda: AddValidationRules([OperationLimits]),
        lambda: ParserCache(maxsize=256),
        lambda: ValidationCache(maxsize=256),
    ],
)
