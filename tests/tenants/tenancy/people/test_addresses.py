"""When an account's address is the one that was invited."""

from __future__ import annotations

import pytest

from tenants.tenancy.people.addresses import same_address

SAME = [
    ("lee@example.org", "lee@example.org"),
    ("lee@example.org", "LEE@Example.ORG"),
    ("lee@example.org", " lee@example.org "),
    ("l.o'neil+work@example.org", "L.O'Neil+Work@example.org"),
    ("zoë@example.org", "ZOË@example.org"),
    ("lee@münchen.example", "lee@MÜNCHEN.example"),
]
APART = {
    "none is stated": ("lee@example.org", ""),
    "neither is stated": ("", ""),
    "spaces alone": (" ", "  "),
    "another person": ("lee@example.org", "kim@example.org"),
    "another organisation": ("lee@example.org", "lee@example.com"),
    "a longer domain": ("lee@example.org", "lee@example.org.evil.example"),
    "the address as a name before another": ("lee@example.org", "lee@example.org@evil.example"),
    "with a tag": ("lee@example.org", "lee+x@example.org"),
    "with a dot more": ("lee.park@example.org", "leepark@example.org"),
    "the Kelvin sign for a k": ("k@example.org", "\u212a@example.org"),
    "the long s": ("s@example.org", "\u017f@example.org"),
    "a capital I with a dot": ("i@example.org", "\u0130@example.org"),
    "a dotless i": ("i@example.org", "\u0131@example.org"),
    "full width": ("a@example.org", "\uff41@example.org"),
    "a Cyrillic a": ("a@example.org", "\u0430@example.org"),
    "a sharp s": ("lee@strasse.example", "lee@straße.example"),
    "an accent of its own": ("zo\u00eb@example.org", "zoe\u0308@example.org"),
    "a space without width": ("lee@example.org", "lee\u200b@example.org"),
    "a domain as the DNS writes it": ("lee@münchen.example", "lee@xn--mnchen-3ya.example"),
}


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_case_of_letters_does_not_count(one: str, other: str) -> None:
    assert same_address(one, other)
    assert same_address(other, one)


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART.keys())
def test_what_only_looks_alike_is_another_address(one: str, other: str) -> None:
    assert not same_address(one, other)
    assert not same_address(other, one)
