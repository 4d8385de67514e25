"""What the mutations about figures are given."""

from __future__ import annotations

import base64
import binascii
from datetime import date

import strawberry

from tenants.indicators.service import Neighbour
from tenants.tenancy.errors import Invalid


@strawberry.input
class UploadIndicatorFileInput:
    """A CSV file of figures (`content` in base64), and who supplied it: a named person, their post and body."""

    idempotency_key: str
    area_id: strawberry.ID
    file_name: str
    content: str
    supplied_name: str
    supplied_post: str
    supplied_body: str

    def decoded(self) -> bytes:
        """Return the file's bytes; raises `Invalid` when they did not arrive whole."""
        try:
            return base64.b64decode(self.content, validate=True)
        except (binascii.Error, ValueError):
            raise Invalid("The file did not arrive whole. Choose it again and send it.", field="content") from None


@strawberry.input
class AcceptIndicatorFileInput:
    """A checked file as it was at `version`, to take its figures."""

    idempotency_key: str
    area_id: strawberry.ID
    file_id: strawberry.ID
    version: int


@strawberry.input
class DiscardIndicatorFileInput:
    """A checked file as it was at `version`, to leave aside."""

    idempotency_key: str
    area_id: strawberry.ID
    file_id: strawberry.ID
    version: int


@strawberry.input
class DefineIndicatorInput:
    """What the area counts, in plain English, in one edition."""

    idempotency_key: str
    area_id: strawberry.ID
    code: str
    edition: str
    title: str
    meaning: str
    unit: str
    source: str
    geography: str
    adds_over_time: bool = False
    adds_over_places: bool = False
    running_total: bool = False


@strawberry.input
class SetIndicatorTargetInput:
    """What the area aims for, from a day on: `at_least` or `at_most` a value."""

    idempotency_key: str
    area_id: strawberry.ID
    code: str
    direction: str
    value: str
    from_on: date
    note: str | None = None


@strawberry.input
class RemoveIndicatorTargetInput:
    """A target to take back, and why."""

    idempotency_key: str
    area_id: strawberry.ID
    target_id: strawberry.ID
    version: int
    reason: str


@strawberry.input
class NeighbourInput:
    """A local authority by its three digits, and its name."""

    la_code: str
    la_name: str

    def neighbour(self) -> Neighbour:
        """Return the domain's neighbour."""
        return Neighbour(la_code=self.la_code, la_name=self.la_name)


@strawberry.input
class ChooseIndicatorNeighboursInput:
    """All the local authorities to compare with from today; none for none."""

    idempotency_key: str
    area_id: strawberry.ID
    neighbours: list[NeighbourInput]
