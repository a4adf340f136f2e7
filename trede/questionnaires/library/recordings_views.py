"""Recordings of the texts of a questionnaire: to hear, upload, replace and end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import Refused
from trede.questionnaires import recordings
from trede.questionnaires.library.recordings_page import RecordingsForm, Shelf, shelf
from trede.questionnaires.library.views import entry_or_404
from trede.questionnaires.library.working_together import stored


def texts_to_record(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    entry = entry_or_404(request, code, version)
    if language not in entry.whole.languages:
        raise Http404
    there = shelf(entry, language, request.GET.get("deel", ""))
    if request.method != "POST":
        return _page(request, there, RecordingsForm(rows=there.rows))
    if place := request.POST.get("end"):
        _end(request, there, place)
        return redirect(request.get_full_path())
    form = RecordingsForm(request.POST, request.FILES, rows=there.rows)
    if form.is_valid() and _keep(request, there, form):
        return redirect(request.get_full_path())
    return _page(request, there, form)


def _keep(request: StaffRequest, there: Shelf, form: RecordingsForm) -> bool:
    """Each file by itself: one that is refused takes none of the others along."""
    kept = 0
    for row, file in form.chosen():
        try:
            recordings.upload(
                spoken=row.spoken,
                # No more than is needed to refuse it.
                content=file.read(recordings.MOST + 1),
                by=request.actor,
                at=request.at,
            )
            kept += 1
        except Refused as refused:
            form.add_error(row.spoken.place, str(refused))
    if kept:
        stored(there.entry, by=request.actor, at=request.at)
        words = ngettext(
            "%(n)d recording was saved.", "%(n)d recordings were saved.", kept
        )
        messages.success(request, words % {"n": kept})
    return not form.errors


def _end(request: StaffRequest, there: Shelf, place: str) -> None:
    row = there.row(place)
    if row is None or row.recording is None:
        raise Http404
    recordings.end(recording=row.recording, by=request.actor, at=request.at)


def _page(request: StaffRequest, there: Shelf, form: RecordingsForm) -> HttpResponse:
    context = {"shelf": there, "entry": there.entry, "form": form}
    return render(request, "questionnaires/library_recordings.html", context)
