"""The page for the council and the page for participants, on screen and as PDF.

Both show an edition, so the public figures; a concept says that it is one.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.visibility import fetch
from trede.documents.translated import ORIGINAL
from trede.languages import language_of
from trede.pilots.loading import rules_of
from trede.reports.models import Edition
from trede.reports.printing import state_of
from trede.reports.summaries.council import council_page
from trede.reports.summaries.participants_page import (
    ParticipantsPage,
    participants_page,
)
from trede.reports.summaries.participants_words import languages_there
from trede.reports.summaries.printing import (
    council_pdf,
    headings,
    notices,
    participants_pdf,
)
from trede.reports.wording import Wording

FOR_COUNCIL = (("nl", "Nederlands"), ("en", "English"))


def council(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    language = _council_language(request)
    with translation.override(language):
        page = council_page(found, _wording(found))
        words, told = headings(), notices(page)
    context = {
        "edition": found,
        "page": page,
        "words": words,
        "notices": told,
        "language": language,
        "languages": FOR_COUNCIL,
    }
    return render(request, "reports/summaries/council.html", context)


def council_on_paper(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    language = _council_language(request)
    with translation.override(language):
        content = council_pdf(found, council_page(found, _wording(found)))
    return _as_pdf(content, f"{found.study.code}-raad-{language}.pdf")


def for_participants(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    page = _participants(request, found)
    there = languages_there(_wording(found).rules)
    context = {
        "edition": found,
        "page": page,
        "words": page.words,
        "languages": [language_of(code) for code in there],
    }
    return render(request, "reports/summaries/participants.html", context)


def for_participants_on_paper(request: StaffRequest, edition_id: int) -> HttpResponse:
    found = fetch(request, Edition.objects.all(), edition_id)
    looked(request)
    page = _participants(request, found)
    name = f"{found.study.code}-deelnemers-{page.said.language}.pdf"
    return _as_pdf(participants_pdf(found, page), name)


def _participants(request: StaffRequest, edition: Edition) -> ParticipantsPage:
    return participants_page(
        edition,
        _wording(edition),
        language=request.GET.get("taal", ORIGINAL),
        state=state_of(edition),
    )


def _council_language(request: StaffRequest) -> str:
    asked = request.GET.get("taal", "")
    return asked if asked in dict(FOR_COUNCIL) else ORIGINAL


def _wording(edition: Edition) -> Wording:
    return Wording(rules_of(edition.study.pilot, edition.run.until_on))


def _as_pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
