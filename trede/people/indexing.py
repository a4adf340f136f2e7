"""Keeping the blind index in step with the people it leads to.

A list brings a hundred thousand people and more than ten keys for each. They are
written in the order of their digests, which keeps a large index quick.
"""

from collections.abc import Sequence

from trede import many_rows
from trede.people.blind_index import keys_of
from trede.people.models import Person, SearchKey


def index(people: Sequence[Person]) -> None:
    """Add the search keys of people who have none yet."""
    rows = sorted(
        (digest, kind, person.pk)
        for person in people
        for kind, digest in keys_of(person, person.municipality_id)
    )
    many_rows.add(SearchKey, ("digest", "kind", "person"), rows, shared=SearchKey())


def index_anew(person: Person) -> None:
    """After a change of name, number or address."""
    person.search_keys.all().delete()
    index([person])
