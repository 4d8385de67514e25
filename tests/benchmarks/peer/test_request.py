"""Requests as wrk sends them: whole, one after the other, each with its length before it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from tests.benchmarks.peer.request import ours, peers, send_each, write_prepared

ADDRESS = "http://127.0.0.1:8000"


def test_ours_is_a_stored_operation_with_cookie_origin_and_header() -> None:
    head, _, body = ours("AreaHome", token="t-1", address=ADDRESS, slug="area-1").raw(ADDRESS).partition(b"\r\n\r\n")
    lines = head.decode().splitlines()
    assert lines[0] == "POST /graphql HTTP/1.1"
    assert {"Cookie: concordat-session=t-1", f"Origin: {ADDRESS}", "X-Concordat-Request: 1"} < set(lines)
    assert f"Content-Length: {len(body)}" in lines
    assert json.loads(body) == {"operationName": "AreaHome", "variables": {"slug": "area-1"}}


def test_the_peers_is_a_document_with_who_asks_in_a_header() -> None:
    request = peers("board", who={"x-area": "7"}, area=7)
    assert request.headers["x-area"] == "7"
    assert json.loads(request.body)["query"].startswith("query Board(")


def test_prepared_requests_can_be_read_back_by_their_lengths(tmp_path: Path) -> None:
    requests = [peers("board", who={"x-area": str(area)}, area=area) for area in (1, 22)]
    write_prepared(requests, address=ADDRESS, path=tmp_path / "file")
    rest, found = (tmp_path / "file").read_bytes(), []
    while rest:
        length, _, rest = rest.partition(b"\n")
        found.append(rest[: int(length)])
        rest = rest[int(length) :]
    assert found == [request.raw(ADDRESS) for request in requests]


async def test_each_is_sent_once_and_answered() -> None:
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.rpartition(b"Content-Length: ")[2])
            seen.append(await reader.readexactly(length))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    requests = [peers("board", who={}, area=area) for area in range(20)]
    await send_each(requests, address=address, connections=3)
    server.close()
    assert sorted(seen) == sorted(request.body for request in requests)
