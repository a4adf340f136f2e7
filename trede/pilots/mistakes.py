"""What is wrong in a pilot file, on which line, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.pilots.positions import Path
from trede.pilots.shape import Words

# In a path that a complaint rests on: whichever element of the list.
ANY = None
Pattern = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Complaint:
    """A mistake at a path; `rests_on` names what else was looked at to find it.

    A complaint that rests on a value which is itself mistaken is not made: it would
    send the reader after a fault that is not there.
    """

    path: Path
    what: Words
    fix: Words
    rests_on: tuple[Pattern, ...] = ()

    def stands_on(self, unsound: Iterable[Path]) -> bool:
        grounds: tuple[Pattern, ...] = (self.path, *self.rests_on)
        return not any(_touch(bad, ground) for bad in unsound for ground in grounds)


@dataclass(frozen=True)
class Mistake:
    line: int
    where: str
    what: Words
    fix: Words

    def __str__(self) -> str:
        return str(
            format_lazy(
                _("line {line}, {where}: {what} {fix}")
                if self.where
                else _("line {line}: {what} {fix}"),
                line=self.line,
                where=self.where,
                what=self.what,
                fix=self.fix,
            )
        )


class RulesRefused(ValueError):
    """The file was not loaded; every mistake in it is named, in order of line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def in_words(path: Path) -> str:
    """`waves[2].due[1].design`: lists are counted from 1, as people do."""
    written = ""
    for part in path:
        if isinstance(part, int):
            written += f"[{part + 1}]"
        else:
            written += f".{part}" if written else part
    return written


def _touch(bad: Path, ground: Pattern) -> bool:
    """Whether one of the two lies inside the other."""
    return all(
        there is ANY or here == there for here, there in zip(bad, ground, strict=False)
    )
