"""An establishments file that changes from import to import in every way a real one does, and in worse ways."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from integrations.gias import formats, invented

UNREAD = ("NumberOfPupils", "LastChangedDate")
SCHOOLS = 24


@dataclass(slots=True)
class Changing:
    """The records as they are now, and how the file is written: columns, line ends, encoding, what is wrong with it."""

    records: list[invented.Record] = field(default_factory=lambda: list(invented.establishments(SCHOOLS, trusts=3)))
    columns: list[str] = field(default_factory=lambda: [*formats.ESTABLISHMENTS.columns, *UNREAD])
    called: dict[str, str] = field(default_factory=dict)  # columns under another's heading
    gone: list[invented.Record] = field(default_factory=list)
    encoding: str = "cp1252"
    line_end: bytes = b"\r\n"
    spoil: Callable[[list[bytes], Random], None] | None = None

    def written(self, chance: Random) -> bytes:
        """The bytes of the file; what spoils it does so once."""
        lines = [self._line({column: self.called.get(column, column) for column in self.columns})]
        lines += [self._line(record) for record in self.records]
        if self.spoil is not None:
            self.spoil(lines, chance)
            self.spoil = None
        return self.line_end.join(lines) + chance.choice((b"", self.line_end))

    def _line(self, record: invented.Record) -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="").writerow([record.get(column, "") for column in self.columns])
        return text.getvalue().encode(self.encoding)

    def any(self, chance: Random) -> invented.Record:
        return chance.choice(self.records)


def change_a_fact(file: Changing, chance: Random) -> None:
    column, values = chance.choice(
        [
            ("EstablishmentName", ["Brook School", "Àrdan’s School", "Brook, School"]),
            ("EstablishmentStatus (code)", [1, 2, 3, 4]),
            ("LA (code)", [991, 992, 993, 994]),
            ("Trusts (code)", [90_001, 90_002, 90_009, ""]),
            ("Street", ["1 High Street", 'The "Old" School', " "]),
            ("CloseDate", ["", "31-08-2024"]),
        ]
    )
    file.any(chance)[column] = chance.choice(values)


def change_what_is_not_read(file: Changing, chance: Random) -> None:
    file.any(chance)[chance.choice(UNREAD)] = chance.randrange(2_000)


def open_a_school(file: Changing, chance: Random) -> None:
    number = invented.FIRST_URN + 500 + chance.randrange(400)
    file.records.insert(chance.randrange(len(file.records)), {**file.any(chance), "URN": number})


def leave_a_school_out(file: Changing, chance: Random) -> None:
    if len(file.records) > SCHOOLS // 2:
        file.gone.append(file.records.pop(chance.randrange(len(file.records))))


def bring_a_school_back(file: Changing, chance: Random) -> None:
    if file.gone:
        file.records.insert(chance.randrange(len(file.records)), file.gone.pop())


def shuffle_the_rows(file: Changing, chance: Random) -> None:
    chance.shuffle(file.records)


def list_a_school_twice(file: Changing, chance: Random) -> None:
    changed = chance.choice(({}, {"Town": "Elsewhere"}, {"NumberOfPupils": 1}))
    file.records.insert(chance.randrange(len(file.records)), {**file.any(chance), **changed})


def give_a_bad_value(file: Changing, chance: Random) -> None:
    column, value = chance.choice([("URN", "9x"), ("LA (code)", ""), ("OpenDate", "2012"), ("EstablishmentName", "")])
    file.any(chance)[column] = value


def mend_everything(file: Changing, chance: Random) -> None:
    file.records = list(invented.establishments(SCHOOLS, trusts=3))


def hide_a_row_in_a_text(file: Changing, chance: Random) -> None:
    """A text over several lines, one of which is another school's whole line as it was imported before."""
    other = {**file.any(chance), "Street": "1 School Lane", "EstablishmentName": "Holly School"}
    file.any(chance)["Street"] = "The Lodge\r\n" + file._line(other).decode(file.encoding) + "\r\nEnd"
    file.records.append(other)


def turn_the_columns_round(file: Changing, chance: Random) -> None:
    chance.shuffle(file.columns)


def exchange_two_headings(file: Changing, chance: Random) -> None:
    """Every row stays as it is, byte for byte, and says something else."""
    file.called = chance.choice(({}, {"Town": "Locality", "Locality": "Town"}))


def add_or_drop_a_column(file: Changing, chance: Random) -> None:
    if "Something new" in file.columns:
        file.columns.remove("Something new")
    else:
        file.columns.append("Something new")


def save_in_another_encoding(file: Changing, chance: Random) -> None:
    file.encoding = "utf-8" if file.encoding == "cp1252" else "cp1252"


def end_lines_otherwise(file: Changing, chance: Random) -> None:
    file.line_end = chance.choice((b"\r\n", b"\n", b"\r"))


def _spoiled(how: Callable[[list[bytes], Random], None]) -> Callable[[Changing, Random], None]:
    def spoil(file: Changing, chance: Random) -> None:
        file.spoil = how

    spoil.__name__ = how.__name__
    return spoil


def _open_a_quotation(lines: list[bytes], chance: Random) -> None:
    at = chance.randrange(1, len(lines))
    cells = lines[at].split(b",")
    cell = chance.randrange(len(cells))
    cells[cell] = b'"' + cells[cell]
    lines[at] = b",".join(cells)


def _open_the_last_quotation(lines: list[bytes], chance: Random) -> None:
    """Accepted only because the file ends there: the same line further up would swallow the rows after it."""
    at = chance.choice((-1, chance.randrange(1, len(lines))))
    head, _, last = lines[at].rpartition(b",")
    lines[at] = head + b',"' + last


def _cut_a_row_short(lines: list[bytes], chance: Random) -> None:
    at = chance.randrange(1, len(lines))
    lines[at] = lines[at][: len(lines[at]) // 2]


def _insert_blank_lines(lines: list[bytes], chance: Random) -> None:
    for _ in range(3):
        lines.insert(chance.randrange(1, len(lines)), chance.choice((b"", b"  ")))


def _put_a_strange_byte(lines: list[bytes], chance: Random) -> None:
    at = chance.randrange(1, len(lines))
    lines[at] = lines[at].replace(b"School", b"Scho\x81l", 1)


CHANGES: tuple[Callable[[Changing, Random], None], ...] = (
    change_a_fact, change_what_is_not_read, open_a_school, leave_a_school_out, bring_a_school_back, shuffle_the_rows,
    list_a_school_twice, give_a_bad_value, mend_everything, hide_a_row_in_a_text, turn_the_columns_round,
    exchange_two_headings, add_or_drop_a_column, save_in_another_encoding, end_lines_otherwise,
    *map(_spoiled, (_open_a_quotation, _open_the_last_quotation, _cut_a_row_short, _insert_blank_lines,
                    _put_a_strange_byte)),
)  # fmt: skip
