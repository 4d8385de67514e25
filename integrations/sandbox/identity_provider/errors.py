"""Errors in OAuth's words."""

from litestar import Response


class Refused(Exception):
    """An answer in OAuth's form: `{"error": …, "error_description": …}` (RFC 6749 §5.2)."""

    def __init__(self, error: str, description: str = "", *, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status


def answer_refused(_: object, refused: Refused) -> Response[dict[str, str]]:
    """Litestar exception handler for `Refused`."""
    headers = {"Cache-Control": "no-store"}
    if refused.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="identity provider"'
    body = {"error": refused.error, "error_description": refused.description}
    return Response(body, status_code=refused.status, headers=headers)
