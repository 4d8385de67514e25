"""The figures that the proposed police profile counts, with definitions in plain English. Pure.

No such national profile exists: the codes, words and edition are our proposal, shown as proposed wherever they appear.
Each count has been asked of forces or of partnerships; some forces have said that they cannot extract them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tenants.indicators.rules.values import Geography, Unit

EDITION = "2026.1"
POLICE = "Police force (proposed profile)"
PARTNERSHIP = "Partnership scorecard (proposed profile)"


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a figure counts, in one edition."""

    code: str
    title: str
    meaning: str
    source: str = POLICE
    edition: str = EDITION
    unit: Unit = Unit.COUNT
    geography: Geography = Geography.LOCAL_AUTHORITY
    adds_over_time: bool = True
    adds_over_places: bool = True
    running_total: bool = False


PROPOSED: tuple[Definition, ...] = (
    Definition(
        code="missing_child_episodes",
        title="Missing episodes of children",
        meaning="Times that a child under 18 was reported missing to the police in the period. A child who goes "
        "missing three times counts three times. Counted where the child was reported missing from.",
    ),
    Definition(
        code="missing_child_individuals",
        title="Children reported missing",
        meaning="Children under 18 who were reported missing to the police at least once in the period. A child counts "
        "once however often they were missing, so months do not add up to the quarter.",
        adds_over_time=False,
    ),
    Definition(
        code="police_protection_s46",
        title="Police protection (section 46)",
        meaning="Children taken into police protection under section 46 of the Children Act 1989 in the period. Forces "
        "have changed how they record this, so look for breaks in the series.",
    ),
    Definition(
        code="cse_risk_children",
        title="Children flagged at risk of sexual exploitation",
        meaning="Children with an open police flag for risk of child sexual exploitation on the last day of the "
        "period. A stock, so months do not add up.",
        adds_over_time=False,
    ),
    Definition(
        code="cce_risk_children",
        title="Children flagged at risk of criminal exploitation",
        meaning="Children with an open police flag for risk of child criminal exploitation on the last day of the "
        "period. A stock, so months do not add up.",
        adds_over_time=False,
    ),
    Definition(
        code="neglect_incidents",
        title="Incidents of neglect",
        meaning="Incidents recorded by the police in the period with neglect of a child as the main concern.",
    ),
    Definition(
        code="mash_referrals_by_police",
        title="Referrals by the police to the front door",
        meaning="Referrals about a child that the police sent to the multi-agency front door in the period, whatever "
        "became of them.",
        source=PARTNERSHIP,
    ),
    Definition(
        code="strategy_discussions_police_attended",
        title="Strategy discussions the police took part in",
        meaning="Strategy discussions under section 47 held in the period in which the police took part.",
        source=PARTNERSHIP,
    ),
    Definition(
        code="icpc_invited",
        title="Initial conferences the police were invited to",
        meaning="Initial child protection conferences held in the period to which the police were invited.",
        source=PARTNERSHIP,
    ),
    Definition(
        code="icpc_attended_or_report",
        title="Initial conferences the police attended or reported to",
        meaning="Initial child protection conferences held in the period that the police attended, or sent a written "
        "report to.",
        source=PARTNERSHIP,
    ),
)
BY_CODE = {each.code: each for each in PROPOSED}
