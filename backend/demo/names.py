"""Invented people's names: one for each number, none twice."""

from __future__ import annotations

_FIRST = (
    "Amara", "Ben", "Catrin", "Dev", "Elena", "Farid", "Grace", "Hamish", "Ines", "Jonah", "Kezia", "Liam", "Maya",
    "Nikhil", "Olwen", "Pavel", "Quentin", "Rosa", "Samir", "Tamsin", "Umar", "Verity", "Winston", "Xanthe", "Yusuf",
    "Zofia", "Adaeze", "Bronwen", "Callum", "Dorota", "Edwin", "Freya", "Gareth", "Hana", "Idris", "Joanna", "Kofi",
    "Leila", "Marcus", "Niamh", "Oscar",
)  # fmt: skip
_LAST = (
    "Abernathy", "Bexley-Ward", "Castellan", "Draycott", "Eversley", "Fairweather", "Gill", "Hartnoll", "Iqbal",
    "Jessop", "Kowalczyk", "Lockyer", "Mbeki-Shaw", "Northcott", "Okonkwo", "Pemberley", "Quayle", "Rahman",
    "Sandford", "Tregear", "Uttley", "Vasani", "Whitcombe", "Yeo", "Zielinski", "Ashdown", "Bhatt", "Coverdale",
    "Dunmore", "Ellery", "Fenton-Osei", "Goodfellow", "Hussain", "Inskip", "Jago", "Kettle", "Lal", "Merriweather",
    "Nwosu", "Orchard", "Penhale", "Rees", "Sumner",
)  # fmt: skip

# 41 and 43 have no common factor, so that a name comes again only after 41 * 43 people.
MOST = len(_FIRST) * len(_LAST)


def name_of(number: int) -> str:
    """Return the name of the person with that number; raises `ValueError` when names run out."""
    if not 0 <= number < MOST:
        raise ValueError(f"there are only {MOST} invented names")
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"


def address_of(name: str, *, domain: str) -> str:
    """Return an email address of that name at a domain that cannot exist."""
    return f"{name.lower().replace(' ', '.').replace('’', '')}@{domain}.example"
