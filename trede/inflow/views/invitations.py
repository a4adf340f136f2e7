"""Invitations by letter: made for a round, printed together, noted as sent."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.doors import StaffRequest, go_to, looked, page_before
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.contact.letters import together
from trede.contact.models import Letter
from trede.inflow import inviting, letter_words
from trede.inflow.long_lists import up_to
from trede.inflow.models import Candidate
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.inflow.waiting_asked import LETTER, Asked
from trede.inflow.waiting_forms import SentOn
from trede.inflow.waiting_lines import WaitingLines
from trede.people.models import Person
from trede.people.words_told import told
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

# So many letters are typeset in one go, within the patience of a browser.
A_ROUND = 100


def invitations(request: StaffRequest) -> HttpResponse:
    """What lies ready, and for whom a letter is due."""
    pilot = chosen_pilot(request)
    ready = list(_ready(request))
    looked(request, *(one.person_id for one in ready))
    today = timezone.localdate(request.at)
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "ready": _with_words(ready, pilot, today),
        # One more than a round is counted: finding them all takes long.
        "due": up_to(A_ROUND, _due(request)).count(),
        "most": A_ROUND,
        "form": SentOn(initial={"on": today}),
    }
    return render(request, "inflow/invitations.html", context)


def _with_words(
    letters: list[Letter], pilot: Pilot, on: date
) -> list[tuple[Letter, str]]:
    """With what the coach should know about the words that each gets: those of a later
    letter may be less good. A reminder of an appointment has other words."""
    sent = inviting.sent_before(letters)
    invites = [one for one in letters if one.kind == Letter.Kind.INVITATION]
    words = {
        one: (one.person.language_read, 1 + sent[one.person_id]) for one in invites
    }
    told_of = {which: _words_told(pilot, *which, on) for which in {*words.values()}}
    return [(one, told_of[words[one]] if one in words else "") for one in letters]


def _words_told(pilot: Pilot, wanted: str, number: int, on: date) -> str:
    said = letter_words.invitation(wanted, rules_of(pilot, on), number)
    return told(
        wanted,
        used=said.language,
        status=said.status,
        vouched_by=said.vouched_by,
        why=said.why,
    )


def invite(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """One letter, from the line of one candidate."""
    candidate = fetch(request, Candidate.objects.select_related("person"), candidate_id)
    inviting.make_invitation(
        candidate=candidate, by=request.actor, at=request.at, address=_address(request)
    )
    messages.success(request, _("The letter lies ready under Invitations."))
    return go_to(request, page_before(request) or "/")


def make_round(request: StaffRequest) -> HttpResponse:
    """A letter for everybody for whom it is due, the longest waiting first."""
    candidates = list(_due(request)[:A_ROUND])
    made = inviting.make_round(
        candidates=candidates,
        by=request.actor,
        at=request.at,
        address=_address(request),
    )
    n = len(made.letters)
    said = ngettext("One letter is made.", "%(n)d letters are made.", n) % {"n": n}
    messages.success(request, said)
    for candidate, why in made.without:
        messages.warning(request, f"{candidate.person.full_name}: {why}")
    return _to_invitations(request)


def print_round(request: StaffRequest) -> HttpResponse:
    letters = list(_ready(request))
    looked(request, *(one.person_id for one in letters))
    today = timezone.localdate(request.at)
    response = HttpResponse(together(letters, today), content_type="application/pdf")
    name = f"uitnodigingen-{today:%Y%m%d}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def send_round(request: StaffRequest) -> HttpResponse:
    """Those that were ticked went to the post."""
    form = SentOn(request.POST)
    numbers = [one for one in request.POST.getlist("letter") if one.isdecimal()]
    letters = list(_ready(request).filter(pk__in=numbers))
    if not letters:
        raise Refused(_("Tick the letters that went to the post."))
    if not form.is_valid():
        raise Refused(_("Fill in the day on which they were posted."))
    sent = inviting.send_round(
        letters=letters,
        on=form.cleaned_data["on"],
        by=request.actor,
        at=request.at,
    )
    said = ngettext("One letter is sent.", "%(n)d letters are sent.", len(sent))
    undo_url = reverse("inflow:take_back_round", args=[sent[0].pk])
    messages.success(request, said % {"n": len(sent)}, extra_tags=undo_url)
    return _to_invitations(request)


def take_back_round(request: StaffRequest, letter_id: int) -> HttpResponse:
    """All that were noted as sent in the same go as this one lie ready again."""
    rows = Letter.objects.select_related("moment")
    letter = fetch(request, rows, letter_id)
    people = Person.objects.all().visible_to(request.user, request.reach)
    together_sent = inviting.sent_with(letter).filter(person__in=people)
    back = inviting.take_back_round(
        letters=together_sent.select_related("moment"),
        by=request.actor,
        at=request.at,
    )
    n = len(back)
    said = ngettext("One letter lies ready again.", "%(n)d letters lie ready again.", n)
    messages.success(request, said % {"n": n})
    response = redirect("inflow:invitations")
    response["Location"] += f"?pilot={letter.pilot.code}"
    return response


def _address(request: StaffRequest) -> Callable[[str], str]:
    def address(token: str) -> str:
        return request.build_absolute_uri(reverse("inflow:choose", args=[token]))

    return address


def _ready(request: StaffRequest) -> QuerySet[Letter]:
    people = Person.objects.all().visible_to(request.user, request.reach)
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    rows = inviting.ready_to_post(pilot, today).filter(person__in=people)
    return rows.select_related("person", "pilot", "made_by").order_by("made_at", "pk")


def _due(request: StaffRequest) -> "QuerySet[Candidate]":
    """For whom a letter is due and none lies ready."""
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    ask = Asked(pilot, LETTER)
    rows = WaitingLines(ask, request.user, request.reach, today).rows
    return rows.exclude(person__in=inviting.unsent(pilot).values("person"))


def _to_invitations(request: StaffRequest) -> HttpResponse:
    pilot = chosen_pilot(request)
    response = redirect("inflow:invitations")
    response["Location"] += f"?pilot={pilot.code}"
    return response
