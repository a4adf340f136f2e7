"""The pieces that questionnaires are made of, wherever they stand.

Scales, shared texts, lists, sections and questions may stand in the questionnaire's own
file or in one that it includes. A name means one thing: the same name twice is a
mistake, also across files.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trede.questionnaires.tables import Document, Table, nearest

KINDS_OF_PIECES = ("scale", "text", "list", "section", "question")


@dataclass(frozen=True)
class Bank:
    pieces: dict[tuple[str, str], Table]
    scales: dict[str, tuple[Table, ...]]
    # What was asked for, to find the question that somebody wrote and forgot to ask.
    used: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Bank":
        pieces: dict[tuple[str, str], Table] = {}
        scales: dict[str, tuple[Table, ...]] = {}
        for document in documents:
            holder = document.root.table("scale")
            for name in _new(holder, scales):
                scales[name] = holder.tables(name)
            for kind in KINDS_OF_PIECES[1:]:
                holder = document.root.table(kind)
                known = {name for of, name in pieces if of == kind}
                for name in _new(holder, known):
                    pieces[kind, name] = holder.table(name)
        return cls(pieces, scales)

    def find(self, kind: str, name: str, *, asker: Table, key: str) -> Table | None:
        """A piece by name; who asks for one that does not exist is told."""
        self.used.add((kind, name))
        found = self.pieces.get((kind, name))
        if found is None:
            names = [known for of, known in self.pieces if of == kind]
            _blame_unknown(asker, key, name, names)
        return found

    def scale(self, name: str, *, asker: Table) -> tuple[Table, ...]:
        if name not in self.scales:
            _blame_unknown(asker, "scale", name, self.scales)
        return self.scales.get(name, ())

    def blame_unused(self, document: Document) -> None:
        """A question in the questionnaire's own file that no section asks for."""
        for (kind, name), table in self.pieces.items():
            own = table.document is document and kind in ("section", "question")
            if own and (kind, name) not in self.used:
                table.blame(
                    None,
                    _("“%(name)s” is never asked.") % {"name": name},
                    _("Add it to a section or a part, or remove it."),
                )


def _new(holder: Table, known: Iterable[str]) -> list[str]:
    known = set(known)
    for name in holder.data:
        if name in known:
            holder.blame(
                name,
                _("“%(name)s” exists already.") % {"name": name},
                _("Give it another name, or remove one of the two."),
            )
    return [name for name in holder.data if name not in known]


def _blame_unknown(asker: Table, key: str, name: str, known: Iterable[str]) -> None:
    asker.blame(
        key,
        _("There is no “%(name)s”.") % {"name": name},
        nearest(name, known),
    )
