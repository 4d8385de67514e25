"""What can go wrong between us and an agency. The text of each is for people: it names no secret and no person."""

from __future__ import annotations


class AgencyError(Exception):
    """A call to an agency that did not bring what it should; the text can be shown to the area."""


class AgencyDown(AgencyError):
    """The agency is away, failing or asks us to slow down: worth trying again later.

    `again_in` is how many seconds it asked us to wait, None when it said nothing; `status` what it answered last, None
    when it did not answer.
    """

    def __init__(self, words: str, *, again_in: float | None = None, status: int | None = None) -> None:
        super().__init__(words)
        self.again_in = again_in
        self.status = status


class AgencyRefused(AgencyError):
    """The agency understood and said no: a setting, a scope or a right is wrong. Trying again changes nothing."""

    def __init__(self, words: str, *, status: int | None = None) -> None:
        super().__init__(words)
        self.status = status


class AgencyBroken(AgencyError):
    """The answer is not what this agency's interface promises. It is set aside by its digest and never kept itself.

    `sha256` (hexadecimal) and `size` (bytes) name the answer so that the agency can find it; the digest is None when
    it was not read to its end.
    """

    def __init__(self, words: str, *, sha256: str | None, size: int) -> None:
        super().__init__(words)
        self.sha256 = sha256
        self.size = size


class NeedsReauthorisation(AgencyError):
    """The credentials no longer open the door: a person has to renew them before anything else is tried."""
