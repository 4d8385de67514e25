"""Forms as they arrive: both encodings, too large, and not what they say they are."""

from urllib.parse import urlencode

import pytest

from tests.web.page_client import PageClient

FORM = "application/x-www-form-urlencoded"
KB = 1024


async def token(client: PageClient) -> str:
    page = await client.get("/gallery")
    return str(page.form("Save contribution").find("input", attrs={"name": "_csrf"})["value"])


async def test_a_file_and_its_fields_arrive(gallery: PageClient) -> None:
    data = {"_csrf": await token(gallery), "note": "Plan – signed"}
    answer = await gallery.http.post("/gallery/upload", data=data, files={"evidence": ("plan.csv", b"x" * 600 * KB)})
    assert answer.text == "614400 bytes, note 'Plan – signed', problems 0"


async def test_no_file_chosen_is_a_problem(gallery: PageClient) -> None:
    data = {"_csrf": await token(gallery)}
    answer = await gallery.http.post("/gallery/upload", data=data, files={"evidence": ("", b"")})
    assert answer.text.endswith("problems 1")


async def test_a_file_over_the_limit_of_its_page_is_refused(gallery: PageClient) -> None:
    data = {"_csrf": await token(gallery)}
    answer = await gallery.http.post("/gallery/upload", data=data, files={"evidence": ("plan.csv", b"x" * 3_000_000)})
    assert answer.status_code == 413
    assert "too large" in answer.text


async def test_a_form_over_the_usual_limit_is_refused(gallery: PageClient) -> None:
    data = {"_csrf": await token(gallery), "note": "x" * 300 * KB}
    there = str(gallery.http.base_url).rstrip("/") + "/gallery?step=2"
    page = await gallery.post("/gallery", data, status=413, headers={"referer": there})
    assert page.soup.select_one("a.govuk-back-link")["href"] == "/gallery?step=2"  # type: ignore[index]


@pytest.mark.parametrize("referer", ["https://elsewhere.example/gallery", "nonsense", ""])
async def test_the_way_back_never_leads_to_another_site(gallery: PageClient, referer: str) -> None:
    data = {"_csrf": await token(gallery), "note": "x" * 300 * KB}
    page = await gallery.post("/gallery", data, status=413, headers={"referer": referer})
    assert page.soup.select_one("a.govuk-back-link") is None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (FORM, b"name=%ff%fe"),
        (FORM, b"name=\xff\xfe"),
        (FORM, urlencode([(f"f{n}", "") for n in range(2000)]).encode()),
        ("multipart/form-data; boundary=b", b"--b\r\nnonsense"),
        ("multipart/form-data", b""),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--b--\r\n',
        ),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused_in_words(gallery: PageClient, kind: str, body: bytes) -> None:
    answer = await gallery.http.post("/gallery", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 403), answer.text[-2000:]
    assert "<h1" in answer.text
