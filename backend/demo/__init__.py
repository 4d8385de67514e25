"""The demo nation: twelve invented areas with two years behind them, built through the services.

No production code imports this; the `demo` command finds it by name (`backend.cli.demo_nation`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from backend.cli.demo_nation import registered_file
from backend.demo.accounts import CLIENT_ID, ISSUERS, MACHINE_CLIENT_ID
from backend.demo.agencies import held
from backend.demo.build import HalfBuilt, Progress
from backend.demo.build import build as _build
from backend.demo.dates import Days
from backend.demo.linked import Portal
from backend.demo.people import PersonPlan, people
from backend.demo.plan import EVERY_AREA, Scale
from infra.clock import today
from infra.settings import Settings

__all__ = ["ISSUERS", "HalfBuilt", "agencies", "build", "identity_clients", "identity_people", "introductions"]

_WORTH_MEETING = (
    "brackenshire-manager", "eastmarch-manager", "brackenshire-lead-961", "brackenshire-delegate-icb",
    "chief-marchland", "brackenshire-scrutineer", "brackenshire-viewer", "school-960001", "trust-96001",
    "agency-lantern", "official", "senior-official", "two-hats", "platform",
)  # fmt: skip


async def build(
    *, settings: Settings, identity_url: str, client_secret: str, agencies_url: str, progress: Progress
) -> None:
    """Fill an empty, migrated database; one that holds the nation stays as it is. Raises `HalfBuilt`."""
    await _build(
        folder=settings.data_dir / "register",
        agencies_url=agencies_url,
        identity_url=identity_url,
        client_secret=client_secret,
        progress=progress,
        portal=Portal(base_url=settings.base_url, file=registered_file(settings.data_dir)),
    )


def agencies(*, data_dir: Path) -> Mapping[str, Any]:
    """Return what the agencies' invented systems hold, as their `--nation` file has it."""
    return held(scale=Scale(), days=Days(today=today()), register=data_dir / "register")


def identity_people() -> Sequence[Mapping[str, Any]]:
    """Return everyone who can sign in, as the identity provider's `--people` file has them."""
    return [_at_provider(one) for one in people(Scale())]


def _at_provider(one: PersonPlan) -> dict[str, Any]:
    facts = asdict(one)
    return {
        "sub": facts["subject"],
        "issuers": [facts["issuer"]],
        **{name: facts[name] for name in ("name", "email", "group", "description")},
    }


def identity_clients(*, base_url: str, client_secret: str) -> Sequence[Mapping[str, Any]]:
    """Return the clients of the identity provider: the web, and two machines that read one area each."""
    return [
        {
            "client_id": CLIENT_ID,
            "client_secret": client_secret,
            "redirect_uris": [f"{base_url}/sign-in/{slug}/callback" for slug in ISSUERS],
            "post_logout_redirect_uris": [f"{base_url}/signed-out"],
        },
        *(
            {
                "client_id": f"{plan.slug}-{MACHINE_CLIENT_ID}",
                "client_secret": client_secret,
                "scopes": ["partnership:read"],
                "audience": f"{base_url}/graphql",
            }
            for plan in (EVERY_AREA[0], EVERY_AREA[-1])
        ),
    ]


def introductions() -> Sequence[tuple[str, str]]:
    """Return a few people worth signing in as: name, and what they do and where they sign in."""
    by_subject = {one.subject: one for one in people(Scale())}
    chosen = [by_subject[subject] for subject in _WORTH_MEETING]
    return [(one.name, f"{one.description} ({ISSUERS[one.issuer]})") for one in chosen]
