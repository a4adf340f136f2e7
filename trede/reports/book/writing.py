"""A researcher writes a chapter; every version is kept, and nobody overwrites another.

Whoever writes began from a version. When somebody else saved a newer one meanwhile,
nothing is saved and both texts are shown. A text with a reference that the computation
does not have, or with signs that paper cannot show, is not kept either.
"""

import difflib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.documents.typesetting import typeset
from trede.reports.book.binding import Figures, unknown
from trede.reports.book.order import kind_of
from trede.reports.models import ChapterText
from trede.studies.models import Study

LONGEST = 40_000  # characters: about fifteen pages
NAMED = 5  # codes in one sentence


class WrittenMeanwhile(Refused):
    """Somebody else saved a newer version of this chapter."""

    def __init__(self, newest: ChapterText) -> None:
        self.newest = newest
        super().__init__(
            _(
                "%(who)s saved another text of this chapter while you were writing."
                " Nothing is lost: yours is in the field and theirs is under it. Put"
                " them together and save once more."
            )
            % {"who": newest.written_by},
            "text",
        )


def write(
    *,
    study: Study,
    chapter: str,
    text: str,
    began_from: int,
    known: Figures,
    by: Actor,
    at: datetime,
) -> ChapterText:
    """Keep a new version. `began_from` is the number that the writer had before them,
    0 when there was none; the same text once more changes nothing."""
    text = text.replace("\r\n", "\n").strip()
    _check(chapter, text, known)
    if by.staff is None:
        raise Refused(_("A researcher writes the chapters of a report."))
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        newest = study.chapter_texts.filter(chapter=chapter).last()
        if newest is not None and newest.text == text:
            return newest
        number = newest.number if newest else 0
        if newest is not None and number != began_from:
            raise WrittenMeanwhile(newest)
        made = ChapterText.objects.create(
            study=study,
            chapter=chapter,
            number=number + 1,
            text=text,
            written_at=at,
            written_by=by.staff,
        )
        record("wrote a chapter", by=by, at=at, on=made, purpose="research")
    return made


def _check(chapter: str, text: str, known: Figures) -> None:
    if kind_of(chapter) is None:
        raise Refused(_("A report has no such chapter."))
    if len(text) > LONGEST:
        raise Refused(
            _("This text is too long: at most %(n)s characters.") % {"n": LONGEST},
            "text",
        )
    lost = unknown(text, known)
    if lost:
        raise Refused(_unknown(lost, known), "text")
    if text:
        # Refuses what our fonts cannot print, before a whole report fails on it.
        typeset("signs", {"made_on": "2020-01-01", "text": text})


def _unknown(lost: list[str], known: Figures) -> str:
    if not known:
        return _(
            "Nothing has been computed yet, so there are no figures to refer to."
            " Compute a report first, or leave out: %(codes)s."
        ) % {"codes": _listed(lost)}
    told = ngettext(
        "The computation has no figure %(codes)s.",
        "The computation does not have these figures: %(codes)s.",
        len(lost),
    ) % {"codes": _listed(lost)}
    near = list(
        dict.fromkeys(
            code for one in lost for code in difflib.get_close_matches(one, known)
        )
    )
    if near:
        told += " " + _("Did you mean %(codes)s?") % {"codes": _listed(near)}
    return told + " " + _("All figures are in the list beside the text.")


def _listed(codes: list[str]) -> str:
    return ", ".join(f"[[{code}]]" for code in codes[:NAMED])
