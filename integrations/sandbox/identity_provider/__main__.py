"""Starts the provider. Writes `listening on ADDRESS` once it can be reached; port 0 picks a free one."""

import argparse
import sys
from pathlib import Path

import uvicorn

from integrations.sandbox.identity_provider.app import create_app
from integrations.sandbox.identity_provider.config import Config, read_clients, read_people


def main() -> None:
    asked = _arguments()
    server_config = uvicorn.Config("unused", host=asked.host, port=asked.port, log_level="warning")
    listener = server_config.bind_socket()
    listener.listen()  # so that whoever reads the line below can connect at once
    address = f"http://{asked.host}:{listener.getsockname()[1]}"
    config = Config(
        base_url=(asked.base_url or address).rstrip("/"),
        issuers=dict(pair.split("=", 1) for pair in asked.issuer or ["demo=Demonstration sign-in"]),
        people=read_people(asked.people),
        clients=read_clients(asked.clients),
        keys_dir=asked.keys_dir,
        controls=asked.controls,
    )
    server_config.app = create_app(config)
    sys.stdout.write(f"listening on {address}\n")
    sys.stdout.flush()
    uvicorn.Server(server_config).run(sockets=[listener])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="identity_provider", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--base-url", help="the address that browsers use, when it is not host and port")
    parser.add_argument("--people", type=Path, required=True, help="JSON list of people")
    parser.add_argument("--clients", type=Path, required=True, help="JSON list of clients")
    parser.add_argument("--issuer", action="append", metavar="PATH=TITLE", help="may be given several times")
    parser.add_argument("--keys-dir", type=Path, help="keep signing keys here; else new ones at each start")
    parser.add_argument("--controls", action="store_true", help="let tests rotate keys")
    return parser.parse_args()


if __name__ == "__main__":
    main()
