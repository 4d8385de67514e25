"""An agency whose certificate is not good: nothing is sent to it, and the area reads what is wrong with it."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from infra.database import sql
from integrations import http
from tenants.tenancy.scope import tenant_scope
from tests.faults.agencies.conftest import Faulty
from tests.support.connections import keeper
from tests.support.hostile_provider import hostile_provider, says

DAY, HERE = timedelta(days=1), ipaddress.ip_address("127.0.0.1")


class Authority:
    """Somebody who vouches for certificates."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nobody Real")])
        self.certificate = (
            self._began(self._name, self._key, ends=DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def _began(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, *, ends: timedelta
    ) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        begun = x509.CertificateBuilder().subject_name(name).issuer_name(self._name).public_key(key.public_key())
        begun = begun.serial_number(x509.random_serial_number())
        return begun.not_valid_before(now - 9 * DAY).not_valid_after(now + ends)

    def serves(self, folder: Path, *, ends: timedelta = DAY, address: ipaddress.IPv4Address = HERE) -> ssl.SSLContext:
        """Return how a server with such a certificate answers."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "agency")])
        alternative = x509.SubjectAlternativeName([x509.IPAddress(address)])
        certificate = self._began(name, key, ends=ends).add_extension(alternative, critical=False)
        pem = certificate.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)
        both = folder / "both.pem"
        both.write_bytes(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
        return context

    def trusted(self) -> ssl.SSLContext:
        """Return what a caller trusts who knows this authority."""
        context = ssl.create_default_context()
        context.load_verify_locations(cadata=self.certificate.public_bytes(Encoding.PEM).decode())
        return context


async def run_at(faulty: Faulty, tls: ssl.SSLContext) -> tuple[str, str | None, str, int]:
    """Run against the agency on https; return state, words, the connection's state and how often it was asked."""
    async with hostile_provider(tls=tls) as agency:
        agency.token_body = {"access_token": "first", "expires_in": "599"}
        agency.scripts["/page-1"] = says({"numbers": [1], "more": False, "total": 1})
        async with tenant_scope(keeper(faulty.linked.area)):
            await sql.execute(
                "update agency_connection set base_url = $2 where id = $1", faulty.linked.connection, agency.base_url
            )
        ended = await faulty.outcome(await faulty.run())
        return ended.state, ended.problem, ended.connection, agency.asked.total()


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that we trust, beside those that the machine trusts."""
    made = Authority()
    monkeypatch.setattr(http, "_tls", made.trusted)
    return made


async def test_a_good_certificate_is_taken(faulty: Faulty, authority: Authority, tmp_path: Path) -> None:
    assert await run_at(faulty, authority.serves(tmp_path)) == ("done", None, "active", 2)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"ends": -DAY}, "has expired"),
        ({"address": ipaddress.ip_address("192.0.2.7")}, "is for another address"),
    ],
    ids=["expired", "wrong host"],
)
async def test_a_certificate_that_is_not_good_is_told_and_nothing_is_sent(
    faulty: Faulty,
    authority: Authority,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    how: dict[str, object],
    why: str,
) -> None:
    words = f"The token service’s certificate {why}, so nothing was sent to it."
    assert await run_at(faulty, authority.serves(tmp_path, **how)) == ("failed", words, "active", 0)  # type: ignore[arg-type]
    logged = capsys.readouterr()
    assert "certificate_refused" in logged.err + logged.out


async def test_a_certificate_of_a_strangers_authority_is_told(faulty: Faulty, tmp_path: Path) -> None:
    state, problem, connection, asked = await run_at(faulty, Authority().serves(tmp_path))
    assert problem == "The token service’s certificate is vouched for by nobody we know, so nothing was sent to it."
    assert (state, connection, asked) == ("failed", "active", 0)


async def test_a_certificate_that_goes_bad_under_a_token_that_is_kept_is_the_agencys(
    faulty: Faulty, authority: Authority, tmp_path: Path
) -> None:
    await run_at(faulty, authority.serves(tmp_path))
    _, problem, _, asked = await run_at(faulty, authority.serves(tmp_path, ends=-DAY))
    assert (problem, asked) == ("The agency’s certificate has expired, so nothing was sent to it.", 0)
