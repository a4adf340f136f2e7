"""An instrument as a file: for other software, or on paper for who answers by hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import Refused
from trede.questionnaires import paper
from trede.questionnaires.exchange.formats import FORMATS
from trede.questionnaires.exchange.languages_kept import in_whole_languages
from trede.questionnaires.library import pages
from trede.questionnaires.library.views import entry_or_404


def as_file(request: StaffRequest, code: str, version: str) -> HttpResponse:
    """In every language in which a person can read all of it."""
    entry = entry_or_404(request, code, version)
    chosen = FORMATS.get(request.GET.get("als", "toml"))
    if chosen is None:
        raise Http404
    try:
        content = chosen.write(in_whole_languages(entry.whole, entry.written))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(pages.address("library_questionnaire", entry))
    name = f"{code}-{version}{chosen.ending}"
    return pages.as_file(content, chosen.media_type, name)


def on_paper(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    """To fill in by hand; for nobody yet, so with a line for the number."""
    entry = entry_or_404(request, code, version)
    there = {one.language for one in entry.states if one.is_complete}
    if language not in there or not pages.asked_of_person(entry):
        raise Http404
    pdf = paper.blank(
        questionnaire=entry.whole, by=request.user, language=language, at=request.at
    )
    return pages.as_file(pdf, "application/pdf", f"{code}-{version}-{language}.pdf")
