"""FHIR `OperationOutcome` answers: the gateway's own, and those of the HAPI server behind it."""

from __future__ import annotations

from collections.abc import Mapping

from integrations.sandbox.agencies.messages import Reply, json_reply

FHIR = "application/fhir+json"
SPINE_CODES = "https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode"
SIZE = "Response exceeds APIM size limit"
QUOTA = "Rate limit quota violation. Quota limit exceeded. Identifier : _default"
SPIKE = "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=600, periodInMicroseconds=60000000}"
API_WIDE = "The API is currently experiencing high load. Rate limit for all applications exceeded."


class Outcome(Exception):
    """An answer that is an OperationOutcome."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def hapi(status: int, diagnostics: str) -> Outcome:
    """An error of the server behind the gateway: `processing`, its own sentence."""
    return Outcome(_outcome(status, {"severity": "error", "code": "processing", "diagnostics": diagnostics}))


def gateway(status: int, *, issue: str, code: str, diagnostics: str) -> Outcome:
    """An error of the gateway, with its Spine code."""
    coding = {"system": SPINE_CODES, "version": "1", "code": code, "display": diagnostics}
    detail = {"severity": "error", "code": issue, "details": {"coding": [coding]}, "diagnostics": diagnostics}
    return Outcome(_outcome(status, detail))


def denied(diagnostics: str) -> Outcome:
    """401: no way in."""
    return gateway(401, issue="forbidden", code="ACCESS_DENIED", diagnostics=diagnostics)


def too_many(diagnostics: str) -> Outcome:
    """429. It never says when to come back."""
    return gateway(429, issue="value", code="TOO_MANY_REQUESTS", diagnostics=diagnostics)


def unavailable() -> Outcome:
    """503: come back in five seconds."""
    words = "The downstream service is temporarily unavailable."
    outcome = gateway(503, issue="transient", code="SERVICE_UNAVAILABLE", diagnostics=words)
    return Outcome(outcome.reply.with_headers(Retry_After="5"))


def too_costly() -> Outcome:
    """422: the gateway passes on nothing larger than ten megabytes."""
    issue = {"severity": "error", "code": "too-costly", "details": {"text": SIZE}, "diagnostics": SIZE}
    return Outcome(_outcome(422, issue))


def failure(status: int) -> Reply:
    """What any other failure looks like here: the number as the code."""
    known = {429: too_many(QUOTA), 503: unavailable(), 401: denied("Invalid Access Token"), 422: too_costly()}
    if status in known:
        return known[status].reply
    return _outcome(status, {"severity": "error", "code": str(status), "diagnostics": "upstream failed"})


def _outcome(status: int, issue: Mapping[str, object]) -> Reply:
    return json_reply({"resourceType": "OperationOutcome", "issue": [issue]}, status=status, media=FHIR)
