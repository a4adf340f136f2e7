"""The library of questionnaires: which there are, what they ask, how that looks.

What a questionnaire asks is no secret and tells of nobody: whoever works in a pilot may
read it. Only who studies or coordinates works on it (`translating_views`).
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation

from trede.accounts.doors import StaffRequest
from trede.languages import language_of
from trede.questionnaires.exchange.formats import FORMATS
from trede.questionnaires.library import describing, pages, seeing
from trede.questionnaires.library.catalogue import (
    Entry,
    find,
    tongue_of,
    tongues,
    versions,
)


def entry_or_404(request: StaffRequest, code: str, version: str) -> Entry:
    """One that is there for all, or that one's own municipality made."""
    found = find(code, version, request.user.municipality_id)
    if found is None:
        raise Http404
    return found


def library(request: StaffRequest) -> HttpResponse:
    context = {
        "shelves": pages.shelves(request),
        "may_change": pages.may_change(request),
    }
    return render(request, "questionnaires/library.html", context)


def questionnaire(request: StaffRequest, code: str, version: str) -> HttpResponse:
    entry = entry_or_404(request, code, version)
    there = versions(code, entry.town)
    parts = describing.told_parts(entry.written)
    context = {
        "entry": entry,
        "is_newest": there[0].version == version,
        "versions": there,
        "tongues": tongues(entry),
        "parts": parts,
        "sections": pages.section_chips(parts),
        "scores": describing.told_scores(entry.written),
        "asked": pages.asked_of_person(entry),
        "uses": pages.uses_by_code(request).get(code, ()),
        "formats": FORMATS,
        "sittings": pages.sittings_of(request, entry),
        "may_change": pages.may_change(request),
    }
    return render(request, "questionnaires/library_questionnaire.html", context)


def as_asked(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    """Every page as the person will see it, from the welcome to the thanks; nothing is
    kept."""
    entry = entry_or_404(request, code, version)
    wanted = (request.GET.get(name, "") for name in ("vraag", "bladzijde"))
    page = seeing.seen_at(entry.whole, *wanted)
    if page is None or language not in entry.whole.languages:
        raise Http404
    if request.method == "POST":
        return redirect(pages.after_pressing(request, entry, page, language))
    return _as_asked(request, entry, page, language)


def _as_asked(
    request: StaffRequest, entry: Entry, page: seeing.Seen, language: str
) -> HttpResponse:
    by_machine = tongue_of(entry, language).stand == "machine"
    spoken = language_of(language)
    staff_speaks = translation.get_language()
    with translation.override(spoken.buttons):
        today = timezone.localdate(request.at)
        context = seeing.as_asked(
            page, language=language, on=today, by_machine=by_machine
        ) | {
            "entry": entry,
            "seen": page,
            "here": f"?{page.here}",
            "staff_speaks": staff_speaks,
            "page_language": language,
            "page_direction": spoken.direction,
            "tongues": pages.tongues_of_page(entry, page, language),
        }
        return render(request, "questionnaires/library_as_asked.html", context)
