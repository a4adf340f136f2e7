"""Mijn plan on the screen and on paper: by the person's own link, or from the coach."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from trede.accounts.acting import person_actor, record
from trede.accounts.doors import DoorRequest, StaffRequest, looked
from trede.accounts.visibility import fetch
from trede.audit.models import Line
from trede.contact.models import PersonalLink
from trede.contact.own_page import OwnPage, own_page
from trede.contact.through_links import through_link
from trede.contact.views import pilot_for
from trede.desk import my_plan_sheet
from trede.desk.my_plan import MyPlan, my_plan
from trede.desk.my_plan_sheet import around_told, goals_told, meeting_told
from trede.desk.my_plan_words import TEXT, PlanWords
from trede.documents.translated import long_date
from trede.people.models import Person

PURPOSE = "plan"


@through_link(PURPOSE)
def by_link(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    page = own_page(request, link, PlanWords, TEXT)
    plan = _opened(request, link)
    return page.show(
        "desk/my_plan.html",
        goals=goals_told(plan, page.words, timezone.localdate(request.at)),
        around=around_told(plan, page.said, page.rules),
        meeting=meeting_told(plan, page.said, page.rules),
        coach=plan.coach,
        kept=[(getattr(page.words, kind), n) for kind, n in plan.kept.items()],
        looks=_looks(page, plan),
    )


@through_link(PURPOSE)
def on_paper(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    """The same link stands on it: no new one is made."""
    page = own_page(request, link, PlanWords, TEXT)
    path = reverse("desk:my_plan", args=[page.token])
    content = my_plan_sheet.content(
        link.person,
        link.pilot,
        _opened(request, link),
        page.said,
        request.build_absolute_uri(path),
        request.at,
    )
    return _as_pdf(my_plan_sheet.pdf(content))


def print_for(request: StaffRequest, person_id: int) -> HttpResponse:
    """The coach prints the sheet; it is kept as a letter, with a link of its own."""
    person = fetch(request, Person.objects.all(), person_id)
    looked(request, person.pk)
    letter = my_plan_sheet.make(
        person=person,
        pilot=pilot_for(request, person),
        address=lambda token: request.build_absolute_uri(
            reverse("desk:my_plan", args=[token])
        ),
        by=request.actor,
        at=request.at,
    )
    return _as_pdf(letter.file.content)


def _opened(request: DoorRequest, link: PersonalLink) -> MyPlan:
    person = link.person
    record(
        "opened their own plan",
        by=person_actor(person.pk, person.municipality_id),
        at=request.at,
        persons=[person.pk],
        kind=Line.Kind.READ,
    )
    return my_plan(person, link.pilot, request.at)


def _looks(page: OwnPage[PlanWords], plan: MyPlan) -> list[tuple[str, str]]:
    return [
        (long_date(one.on, page.said.language), getattr(page.words, f"role_{one.who}"))
        for one in plan.looks
    ]


def _as_pdf(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    name = f"mijn-plan-{timezone.localdate():%Y%m%d}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
