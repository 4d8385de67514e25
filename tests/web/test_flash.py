"""A message for the next page: signed, so that nobody can put words into our mouth."""

from backend.web.flash import pack_flash, unpack_flash
from backend.web.signing import derive_key, sign, unsign
from tests.web.page_client import PageClient

SECRET = "a secret for tests only, 0123456789"


def test_a_message_comes_back() -> None:
    flash = unpack_flash(pack_flash("Budget saved – £3", secret=SECRET), secret=SECRET)
    assert flash is not None
    assert flash.text == "Budget saved – £3"


def test_a_message_that_we_did_not_sign_is_ignored() -> None:
    packed = pack_flash("Budget saved", secret=SECRET)
    for forged in ("", "x", "a.b", packed[:-1], "A" + packed, pack_flash("Budget saved", secret="other"), "é.é"):
        assert unpack_flash(forged, secret=SECRET) is None


def test_a_signature_for_one_purpose_is_worth_nothing_for_another() -> None:
    signed = sign(key=derive_key(secret=SECRET, purpose="flash"), payload=b"x")
    assert unsign(key=derive_key(secret=SECRET, purpose="csrf"), signed=signed) is None


async def test_a_forged_message_is_not_shown_and_its_cookie_is_removed(gallery: PageClient) -> None:
    gallery.http.cookies.set("concordat-flash", "forged.words", domain="127.0.0.1")
    page = await gallery.get("/gallery")
    assert page.banner == ""
    assert "concordat-flash" not in gallery.http.cookies
