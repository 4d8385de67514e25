"""What a line of an extract means besides its own words: a line is known again only in a file of the same form."""

import hashlib
import inspect
import sys
from functools import cache

from integrations.gias import formats, lines, mapping, parsing, reader, rows
from integrations.gias.formats import FileFormat
from integrations.gias.opening import Opened
from integrations.gias.reader import read_heading
from tenants.organisations import rules

# Every word of these decides what a row becomes. A change of one, however small, has every line read once more.
_DECIDING = (formats, lines, reader, parsing, rows, mapping, rules)


def form_of(opened: Opened, wanted: FileFormat) -> bytes:
    """Return 32 bytes for which file it is, its encoding, its columns in their order, and our rules for them.

    Raises:
        WrongFile: the file has no heading.
    """
    form = (wanted.name, opened.encoding, read_heading(opened), rules_version())
    return hashlib.sha256(repr(form).encode("utf-8", "surrogateescape")).digest()


@cache
def rules_version() -> str:
    """Return what changes whenever the code that reads, types or translates a row does."""
    sources = "".join(inspect.getsource(module) for module in _DECIDING)
    return f"{sys.version_info[:2]} {hashlib.sha256(sources.encode()).hexdigest()}"
