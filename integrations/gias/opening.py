"""A first look at an uploaded file: is it text, in which encoding, how large, and which file exactly."""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path

from integrations.gias import errors

CHUNK = 1 << 20
REGISTER_ENCODING = "cp1252"
# What the first bytes of other kinds of file look like, in the words of the person who chose it.
FOREIGN = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook (.xlsx). Unzip it, or save it as CSV, and try again"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls). Save it as CSV and try again"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive. Unpack it and try again"),
    (b"\xff\xfe", "UTF-16 text. Save it as plain CSV and try again"),
    (b"\xfe\xff", "UTF-16 text. Save it as plain CSV and try again"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is text. `size` in bytes, `lines` counted; `sha256` in hexadecimal, of the bytes as they are."""

    path: Path
    size: int
    lines: int
    sha256: str
    encoding: str


def look_at(path: Path) -> Opened:
    """Reads the file once and says what it is.

    The register is published in Windows-1252; a copy saved again as UTF-8 is told by its bytes and read
    as such, so that names with accents are never garbled.

    Raises:
        WrongFile: it is empty, binary, or a web page.
        OSError: it cannot be read.
    """
    digest, utf8, plain_ascii, size, lines = hashlib.sha256(), _Utf8(), True, 0, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not size:
                _refuse_foreign(chunk)
            if b"\0" in chunk:
                raise errors.not_a_csv("binary data")
            digest.update(chunk)
            plain_ascii = plain_ascii and chunk.isascii()
            utf8.feed(chunk)
            size += len(chunk)
            lines += chunk.count(b"\n")
    if not size:
        raise errors.nothing_in_it()
    encoding = REGISTER_ENCODING if plain_ascii or not utf8.finished_well() else "utf-8-sig"
    return Opened(path=path, size=size, lines=lines, sha256=digest.hexdigest(), encoding=encoding)


def _refuse_foreign(start: bytes) -> None:
    for signature, what in FOREIGN:
        if start.startswith(signature):
            raise errors.not_a_csv(what)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"["):
        raise errors.not_a_csv("a web page or a data message, perhaps an error page saved in its place")


class _Utf8:
    """Whether bytes that come in pieces are valid UTF-8."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._valid = True

    def feed(self, chunk: bytes) -> None:
        if self._valid:
            try:
                self._decoder.decode(chunk)
            except UnicodeDecodeError:
                self._valid = False

    def finished_well(self) -> bool:
        return self._valid and not self._decoder.getstate()[0]
