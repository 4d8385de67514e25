"""Two questions about a network address: may we listen there, and does somebody healthy answer there?"""

import http.client
import socket


def is_free(*, host: str, port: int) -> bool:
    """Whether a process of ours could listen on that address now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(*, host: str, port: int, path: str, timeout: float = 2.0) -> bool:
    """Whether `GET path` is answered with 200 within `timeout` seconds."""
    return _get(host, port, path, timeout)[0] == http.client.OK


def answer(*, host: str, port: int, path: str, timeout: float = 2.0) -> str:
    """The first 500 bytes of what `GET path` is answered with, whatever its status; nothing when nobody answers."""
    return _get(host, port, path, timeout)[1]


def _get(host: str, port: int, path: str, timeout: float) -> tuple[int | None, str]:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where we listen, seen from here
    connection = http.client.HTTPConnection(everywhere.get(host, host), port, timeout=timeout)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read(500).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return None, ""
    finally:
        connection.close()
