"""The separate powers over one body each. There is no single power over the three partners together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NO_SINGLE_POWER = (
    "No Act gives one power to direct the three safeguarding partners together. A decision here names a separate "
    "power over one body and who holds it; it does not use that power."
)


class Escalation(StrEnum):
    """States of the escalation ladder, from routine to monitored exit."""

    E0 = "E0"
    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"
    E5 = "E5"
    E6 = "E6"
    E7A = "E7a"
    E7B = "E7b"
    E7C = "E7c"
    E8 = "E8"


@dataclass(frozen=True, kw_only=True, slots=True)
class Power:
    """A power over one kind of body: over whom, in which words, held by whom, under what."""

    target: str
    what: str
    holder: str
    source: str
    url: str
    escalation: Escalation | None = None


_ACTS = "https://www.legislation.gov.uk/ukpga"

POWERS: dict[str, Power] = {
    "local_authority_direction": Power(
        target="Local authority",
        what="Direct what is needed where functions are not performed to an adequate standard; appoint a nominee.",
        holder="Secretary of State for Education",
        source="Education Act 1996 s.497A, applied to children’s services by Children Act 2004 s.50",
        url=f"{_ACTS}/1996/56/section/497A",
        escalation=Escalation.E7A,
    ),
    "police_direction": Power(
        target="Police force",
        what="Direct the local policing body where the force, or that body, fails to discharge a function effectively.",
        holder="Home Secretary",
        source="Police Act 1996 ss.40 and 40A",
        url=f"{_ACTS}/1996/16/section/40",
        escalation=Escalation.E7B,
    ),
    "icb_direction": Power(
        target="Integrated care board",
        what="Direct a board that is failing, or at significant risk of failing, to discharge its functions.",
        holder="NHS England",
        source="National Health Service Act 2006 s.14Z61",
        url=f"{_ACTS}/2006/41/section/14Z61",
        escalation=Escalation.E7C,
    ),
    "maintained_school_direction": Power(
        target="Maintained school",
        what="Direct a governing body that acts unreasonably or is in default of a duty.",
        holder="Secretary of State for Education",
        source="Education Act 1996 ss.496 and 497",
        url=f"{_ACTS}/1996/56/section/496",
    ),
    "academy_funding_agreement": Power(
        target="Academy trust",
        what="Warn, or end funding, under the funding agreement.",
        holder="Secretary of State for Education",
        source="Academies Act 2010 and the trust’s funding agreement",
        url=f"{_ACTS}/2010/32",
    ),
    "independent_school_standards": Power(
        target="Independent school",
        what="Enforce the independent school standards.",
        holder="Secretary of State for Education",
        source="Education and Skills Act 2008 part 4 chapter 1",
        url=f"{_ACTS}/2008/25/part/4/chapter/1",
    ),
    "childcare_registration": Power(
        target="Childcare provider",
        what="Enforce, suspend or cancel registration.",
        holder="His Majesty’s Chief Inspector (Ofsted)",
        source="Childcare Act 2006 part 3",
        url=f"{_ACTS}/2006/21/part/3",
    ),
    "information_injunction": Power(
        target="Any person or body asked for information",
        what="Ask the High Court or the county court for an injunction that the information be supplied.",
        holder="The safeguarding partner that asked for the information",
        source="Children Act 2004 s.16H",
        url=f"{_ACTS}/2004/31/section/16H",
    ),
}
