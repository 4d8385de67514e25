"""What can be wrong with a register file as a whole. A bad row is not an error: see `rows.Rejection`."""


class WrongFile(Exception):
    """The file cannot be this register file: nothing of it was taken. `str()` is a sentence for a person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def nothing_in_it() -> WrongFile:
    return WrongFile("empty_file", "The file is empty.")


def only_a_heading() -> WrongFile:
    return WrongFile("no_rows", "The file has a heading but no rows, so there is nothing to import.")


def not_a_csv(what: str) -> WrongFile:
    return WrongFile("not_csv", f"This is not a CSV file: it is {what}.")


def looks_like(found: str, *, expected: str) -> WrongFile:
    return WrongFile("other_register_file", f"This looks like {found}, not {expected}.")


def missing_columns(names: list[str], *, expected: str) -> WrongFile:
    listed = ", ".join(f"“{name}”" for name in names)
    noun = "column" if len(names) == 1 else "columns"
    return WrongFile("missing_columns", f"This cannot be {expected}: it has no {noun} {listed}.")


def repeated_columns(names: list[str]) -> WrongFile:
    listed = ", ".join(f"“{name}”" for name in names)
    return WrongFile("repeated_columns", f"More than one column is called {listed}; which to read is not clear.")


def wrong_separator(separator: str) -> WrongFile:
    return WrongFile("wrong_separator", f"The columns are separated by {separator}, not by commas.")
