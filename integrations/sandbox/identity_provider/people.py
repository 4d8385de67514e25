"""Finding the person to sign in as."""

from integrations.sandbox.identity_provider.config import Config, Person

MOST_SHOWN = 150


def found_people(config: Config, *, issuer: str, words: str) -> tuple[dict[str, list[Person]], int]:
    """(people by group, how many matched): those in whom every word occurs, the first 150 of them."""
    wanted = words.casefold().split()
    known = [person for sub in config.people if (person := config.person(issuer, sub))]
    matching = [person for person in known if all(word in _text(person) for word in wanted)]
    groups: dict[str, list[Person]] = {}
    for person in matching[:MOST_SHOWN]:
        groups.setdefault(person.group, []).append(person)
    return groups, len(matching)


def _text(person: Person) -> str:
    return f"{person.name} {person.email} {person.group} {person.description}".casefold()
