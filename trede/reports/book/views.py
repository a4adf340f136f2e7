"""The researcher's screens for the chapters: which are written, and writing one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.visibility import fetch
from trede.reports.book.binding import Typed, typed_by_hand
from trede.reports.book.laying_out import not_written
from trede.reports.book.order import KINDS, Kind, kind_of
from trede.reports.book.texts import texts_of
from trede.reports.book.writing_desk import WritingDesk
from trede.studies.models import Study


def chapters(request: StaffRequest, study_id: int) -> HttpResponse:
    study = fetch(request, Study.objects.all(), study_id)
    looked(request)
    texts = texts_of(study)
    lines = [
        {
            "kind": kind,
            "text": texts.get(kind.code),
            "missing": "" if kind.counted else not_written(kind),
        }
        for kind in KINDS
    ]
    context = {"study": study, "lines": lines, "run": study.runs.first()}
    return render(request, "reports/book/chapters.html", context)


def chapter(request: StaffRequest, study_id: int, chapter: str) -> HttpResponse:
    study = fetch(request, Study.objects.all(), study_id)
    kind = kind_of(chapter)
    if kind is None:
        raise Http404
    desk = WritingDesk(request, study, kind)
    made = desk.save() if request.method == "POST" else None
    if made is not None:
        _tell(request, kind, typed_by_hand(made.text, desk.figures))
        return redirect("reports:chapter", study_id=study.pk, chapter=kind.code)
    looked(request)
    return render(request, "reports/book/chapter.html", desk.context())


def _tell(request: StaffRequest, kind: Kind, typed: list[Typed]) -> None:
    saved = _("The chapter “%(name)s” is saved.") % {"name": kind.label}
    messages.success(request, saved)
    if typed:
        told = ngettext(
            "%(n)s number in it is typed by hand and will not change with the figures.",
            "%(n)s numbers in it are typed by hand and will not change with the"
            " figures.",
            len(typed),
        )
        messages.warning(request, told % {"n": len(typed)})
