"""A questionnaire on paper: the coach prints it, and a colleague types it in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from trede.accounts.doors import StaffRequest, looked
from trede.languages import language_of
from trede.questionnaires import paper, sittings
from trede.questionnaires.views import fetch_sitting


def on_paper(request: StaffRequest, sitting_id: int) -> HttpResponse:
    """In which languages it can be printed, and what to do with the paper."""
    now = fetch_sitting(request, sitting_id)
    looked(request, now.person_id)
    there = [language_of(code) for code in sittings.languages_offered(now)]
    context = {
        "sitting": now,
        "languages": there,
        "language_read": sittings.language_read(now),
        "is_over": now.state in sittings.OVER,
    }
    return render(request, "questionnaires/on_paper.html", context)


def form(request: StaffRequest, sitting_id: int) -> HttpResponse:
    """The form with the number of this sitting, and without a name. Printing is an
    act: the words on it are written down as those that are read in this sitting."""
    now = fetch_sitting(request, sitting_id)
    language = request.POST.get("language", sittings.language_read(now))
    if language not in sittings.languages_offered(now):
        raise Http404
    looked(request, now.person_id)
    pdf = paper.of_sitting(
        sitting=now, coach=request.user, language=language, at=request.at
    )
    return as_file(pdf, f"vragenlijst-{now.wave}-{now.pk}-{language}.pdf")


def as_file(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
