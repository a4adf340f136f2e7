"""The coordinator's screens: who is due for which questionnaire, and the reminders.

Names and days, never an answer.
"""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trede.accounts.doors import StaffRequest, looked, way_back
from trede.accounts.list_file import (
    NARROW,
    WIDE,
    WIDEST,
    ListFile,
    as_file,
    chosen,
)
from trede.accounts.refusing import Refused, attempt
from trede.accounts.visibility import fetch
from trede.contact import sending
from trede.contact.letters import together
from trede.contact.models import Message
from trede.inflow.long_lists import MOST
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.inflow.waiting_forms import SentOn
from trede.people.models import Person
from trede.people.pages import may_open
from trede.people.words_told import told
from trede.pilots.circumstances import locations_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.sittings import proposed_language
from trede.questionnaires.translating import choices, languages_for
from trede.studies import due_listing, opening, reminding
from trede.trajectories.forms import EvaluationForm
from trede.trajectories.views.acting import Page, act_page

GET_READY = Page(title=gettext_lazy("Questionnaire"), act=gettext_lazy("Get it ready"))
SHOWN = 20  # messages that went, the newest


def due(request: StaffRequest) -> HttpResponse:
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    lines = due_listing.DueLines(due_listing.asked(request.GET, pilot), today)
    page = lines.page(request.GET.get("page"))
    shown = lines.lines(page)
    looked(request, *{one.turn.person_id for one in shown})
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "page": page,
        "lines": shown,
        "stands": lines.stands(),
        "waves": lines.waves(),
        "coaches": lines.by_coach(),
        "may_export": may_open(request, "studies:due_file"),
    }
    return render(request, "studies/due.html", context)


def due_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    shown = due_listing.DueLines(due_listing.asked(request.GET, pilot), today)
    lines = shown.lines(shown.rows[:MOST])
    looked(request, *{one.turn.person_id for one in lines})
    columns = {
        _("Name"): WIDE,
        _("Questionnaire"): WIDE,
        _("State"): WIDE,
        _("From"): NARROW,
        _("Until"): NARROW,
        _("What is next"): WIDEST,
        _("Coach"): WIDE,
    }
    filters = {
        _("When"): shown.stands(),
        _("Questionnaire"): shown.waves(),
        _("Coach"): shown.by_coach(),
    }
    title, whole = _("Questionnaires due"), len(shown.rows) <= MOST
    about = [(_("Pilot"), pilot.name), *chosen(filters)]
    cells = (one.cells for one in lines)
    listed = ListFile("vragenlijsten", title, columns, cells, about, whole)
    return as_file(request, listed)


def open_wave(request: StaffRequest, person_id: int) -> HttpResponse:
    """Get the questionnaire of a wave ready for somebody who is due."""
    person = fetch(request, Person.objects.all(), person_id)
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    rules = rules_of(pilot, today)
    code = request.GET.get("meting", "")
    wave = next((one for one in rules.waves if one.code == code), None)
    if wave is None:
        raise Refused(_("The pilot has no measurement “%(wave)s”.") % {"wave": code})
    there = languages_for(wave.questionnaire, rules, town=pilot.municipality_id)
    form = EvaluationForm(
        request.POST or None,
        languages=choices(there),
        initial={"language": proposed_language(person, there)},
        locations=locations_on(rules, today),
    )
    if form.is_valid():
        sitting = attempt(
            form,
            lambda: opening.open_wave(
                person=person,
                pilot=pilot,
                wave=wave.code,
                **form.cleaned_data,
                by=request.actor,
                at=request.at,
            ),
        )
        if sitting is not None:
            return redirect("questionnaires:sitting", sitting.pk)
    page = replace(GET_READY, title=wave.label)
    back = way_back(request, reverse("desk:person", args=[person.pk]))
    return act_page(request, person, form, page, back)


def reminders(request: StaffRequest) -> HttpResponse:
    """Who would get what, before anything goes out; and what became of the rest."""
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    why_not = reminding.why_not_today(pilot, today)
    coming = _with_names([] if why_not else reminding.reminders_due(pilot, today))
    letters, stuck = reminding.letters_to_post(pilot), _stuck(pilot)
    went = list(_went(pilot)[:SHOWN])
    wanted = [(person.language_read, one.number) for person, one in coming]
    waiting = [(one.person.language_read, reminding.number_of(one)) for one in letters]
    words = {one: _words_told(*one, pilot, today) for one in {*wanted, *waiting}}
    looked(
        request,
        *{person.pk for person, _next in coming},
        *{one.person_id for one in (*letters, *stuck, *went)},
    )
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "why_not": why_not,
        "coming": [
            (person, one, words[each])
            for (person, one), each in zip(coming, wanted, strict=True)
        ],
        "to_go": sum(bool(one.by_way_of) for _person, one in coming),
        "letters": [
            (one, words[each]) for one, each in zip(letters, waiting, strict=True)
        ],
        "stuck": [(one, sending.is_uncertain(one, request.at)) for one in stuck],
        "went": went,
        "form": SentOn(initial={"on": today}),
    }
    return render(request, "studies/reminders.html", context)


def remind(request: StaffRequest) -> HttpResponse:
    pilot = chosen_pilot(request)
    why_not = reminding.why_not_today(pilot, timezone.localdate(request.at))
    if why_not:
        raise Refused(why_not)
    made = reminding.remind(pilot=pilot, by=request.actor, at=request.at)
    messages.success(request, said(made))
    return _to_reminders(pilot)


def print_reminders(request: StaffRequest) -> HttpResponse:
    """All letters that lie ready as one file, without who answered meanwhile."""
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    reminding.drop_stale_letters(pilot=pilot, by=request.actor, at=request.at)
    ready = reminding.letters_to_post(pilot)
    looked(request, *(one.person_id for one in ready))
    file = together([one.letter for one in ready if one.letter], today)
    response = HttpResponse(file, content_type="application/pdf")
    name = f"herinneringen-{today:%Y%m%d}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def post_reminders(request: StaffRequest) -> HttpResponse:
    """Those that were ticked went to the post."""
    pilot, form = chosen_pilot(request), SentOn(request.POST)
    ticked = set(request.POST.getlist("message"))
    chosen = [one for one in reminding.letters_to_post(pilot) if str(one.pk) in ticked]
    if not chosen:
        raise Refused(_("Tick the letters that went to the post."))
    if not form.is_valid():
        raise Refused(_("Fill in the day on which they were posted."))
    reminding.post_letters(
        messages=chosen, on=form.cleaned_data["on"], by=request.actor, at=request.at
    )
    n = len(chosen)
    text = ngettext("One letter is sent.", "%(n)d letters are sent.", n) % {"n": n}
    messages.success(request, text)
    return _to_reminders(pilot)


def send_again(request: StaffRequest, message_id: int) -> HttpResponse:
    message = fetch(request, Message.objects.all(), message_id)
    now = reminding.send_again(message=message, by=request.actor, at=request.at)
    if now.state == Message.State.SENT:
        messages.success(request, _("The message is sent."))
    else:
        messages.warning(request, now.error or _("The message did not go."))
    return _to_reminders(message.pilot)


def it_left(request: StaffRequest, message_id: int) -> HttpResponse:
    message = fetch(request, Message.objects.all(), message_id)
    sending.it_left(message=message, by=request.actor, at=request.at)
    messages.success(request, _("Noted: this message was sent."))
    return _to_reminders(message.pilot)


def said(made: reminding.Made) -> str:
    """What a run did, in a sentence."""
    told = _("Sent: %(sent)d. Letters ready: %(letters)d.") % {
        "sent": made.sent,
        "letters": made.letters,
    }
    if made.failed:
        told += " " + _("Did not go: %(failed)d.") % {"failed": made.failed}
    if made.unreachable:
        told += " " + _("Cannot be reached: %(n)d.") % {"n": made.unreachable}
    return told


def _messages() -> "QuerySet[Message]":
    return Message.objects.filter(kind=reminding.REMINDER).select_related(
        "pilot__municipality"
    )


def _stuck(pilot: Pilot) -> list[Message]:
    rows = _messages().filter(
        pilot=pilot, state__in=(Message.State.FAILED, Message.State.SENDING)
    )
    return list(rows.select_related("person").order_by("state_since", "pk"))


def _went(pilot: Pilot) -> "QuerySet[Message]":
    rows = _messages().filter(
        pilot=pilot, state__in=(Message.State.SENT, Message.State.DROPPED)
    )
    return rows.select_related("person").order_by("-state_since", "-pk")


def _with_names(coming: list[reminding.Next]) -> list[tuple[Person, reminding.Next]]:
    people = Person.objects.in_bulk({one.turn.person_id for one in coming})
    return [(people[one.turn.person_id], one) for one in coming]


def _words_told(language: str, number: int, pilot: Pilot, on: date) -> str:
    """What the coordinator should know about the words that somebody gets who reads
    this language."""
    said = reminding.words_in(language, pilot, number, on)
    return told(
        language,
        used=said.language,
        status=said.status,
        vouched_by=said.vouched_by,
        why=said.why,
    )


def _to_reminders(pilot: Pilot) -> HttpResponse:
    response = redirect("studies:reminders")
    response["Location"] += f"?pilot={pilot.code}"
    return response
