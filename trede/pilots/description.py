"""A pilot's rules as people read them: chapters, groups and plain sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.pilots.study_rules import Choice


@dataclass(frozen=True)
class Sentence:
    """`code` is what datasets, exports and the file call it; small type on a screen."""

    text: str
    code: str = ""


@dataclass(frozen=True)
class Group:
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Chapter:
    """`section` is the chapter's anchor on the page."""

    section: str
    title: str
    groups: tuple[Group, ...]


def group(title: str, sentences: Iterable[Sentence]) -> Group:
    return Group(title, tuple(sentences))


def labels(choices: Iterable[Choice]) -> Iterable[Sentence]:
    return (Sentence(each.label, each.code) for each in choices)


def yes_no(answer: bool, yes: str, no: str) -> str:
    return yes if answer else no


def on(day: date) -> str:
    return date_format(day, "j F Y")


def period(first: date, last: date | None) -> str:
    if last is None:
        return _("from %(first)s on") % {"first": on(first)}
    return _("from %(first)s to %(last)s") % {"first": on(first), "last": on(last)}


def days(number: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}


def weeks(number: int) -> str:
    return ngettext("%(n)d week", "%(n)d weeks", number) % {"n": number}


def months(number: int) -> str:
    return ngettext("%(n)d month", "%(n)d months", number) % {"n": number}


def years(number: int) -> str:
    # The Dutch for year does not change in the plural, the English does.
    return ngettext("%(n)d year", "%(n)d years", number) % {"n": number}


def listed(words: Iterable[object]) -> str:
    """`a, b and c`."""
    first = [str(word) for word in words]
    last = first.pop() if first else ""
    if not first:
        return last
    return _("%(words)s and %(last)s") % {"words": ", ".join(first), "last": last}
