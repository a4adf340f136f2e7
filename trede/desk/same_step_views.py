"""Many at once: choose them from a list, look at what happens, do it, and undo it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.db.models import Count, Min
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from trede.accounts.doors import StaffRequest, go_to, looked, page_before
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.desk import listing
from trede.desk.same_step_forms import SameStepForm
from trede.inflow import waiting_asked, waiting_lines
from trede.inflow.inviting import Address
from trede.inflow.models import Candidate, CandidateQuerySet, SameStep
from trede.inflow.pilot_chosen import chosen_pilot
from trede.inflow.same_step import (
    LeftOut,
    Outcome,
    Step,
    take_back_together,
    take_together,
    why_not,
)
from trede.pilots.models import Pilot

Kind = SameStep.Kind
PEOPLE = "mensen"
# Done so lately, it is shown to be taken back.
LATELY = timedelta(days=1)
# More reasons than this nobody reads above a list.
TOLD = 10


@dataclass(frozen=True)
class Source:
    """The list that one comes from, with its filter, and the way back to it."""

    pilot: Pilot
    rows: CandidateQuerySet
    title: str
    back: str


def same_step(request: StaffRequest) -> HttpResponse:
    kind, source = _kind(request), _source(request)
    form = SameStepForm(
        request.POST or None, kind=kind, pilot=source.pilot, request=request
    )
    ticked = _ticked(request, source.pilot)
    if form.is_valid() and ticked:
        step = form.step(_address(request))
        key = form.cleaned_data["key"]
        if key and request.POST.get("go") == "now":
            outcome = take_together(
                candidates=ticked, step=step, key=key, by=request.actor, at=request.at
            )
            return _done(request, outcome, kind, source)
        return _look(request, ticked, step, form, source)
    if request.method == "POST" and not ticked:
        messages.error(request, _("Tick the people for whom you want to do this."))
    return _choose(request, form, source, [one.pk for one in ticked])


def undo_same_step(request: StaffRequest, same_step_id: int) -> HttpResponse:
    """Everybody who took the step in the same go as this one."""
    step = fetch(request, SameStep.objects.all(), same_step_id)
    back = take_back_together(key=step.key, by=request.actor, at=request.at)
    n = len(back.taken)
    said = ngettext("Taken back for %(n)d person.", "Taken back for %(n)d people.", n)
    messages.success(request, said % {"n": n})
    _tell(request, back.left_out)
    return go_to(request, page_before(request) or reverse("inflow:waiting"))


def _kind(request: StaffRequest) -> Kind:
    said = request.GET.get("wat", "")
    if said not in Kind.values:
        raise Refused(_("Choose first what is to be done for several people at once."))
    return Kind(said)


def _source(request: StaffRequest) -> Source:
    pilot, query = chosen_pilot(request), request.GET.copy()
    for name in ("wat", "lijst", "page"):
        query.pop(name, None)
    if request.GET.get("lijst") == PEOPLE:
        asked = listing.asked(request.GET, pilot, request.user)
        people = listing.PeopleLines(asked, request.user, request.reach, request.at)
        rows, title, name = people.rows, pgettext("menu", "People"), "desk:people"
    else:
        ask = waiting_asked.asked(request.GET, pilot)
        today = timezone.localdate(request.at)
        waits = waiting_lines.WaitingLines(ask, request.user, request.reach, today)
        rows, title, name = waits.rows, _("Waiting list"), "inflow:waiting"
    return Source(pilot, rows, title, f"{reverse(name)}?{query.urlencode()}")


def _ticked(request: StaffRequest, pilot: Pilot) -> list[Candidate]:
    """By number, not by the filter: who moved meanwhile is still meant."""
    numbers = [one for one in request.POST.getlist("kies") if one.isdecimal()]
    if not numbers:
        return []
    rows = Candidate.objects.filter(
        pilot=pilot,
        pk__in=[int(one) for one in numbers if len(one) < 16],
        person__merged_into=None,
        person__erased_at=None,
    )
    seen = rows.visible_to(request.user, request.reach)
    return list(seen.select_related("person", "pilot").longest_waiting_first())


def _choose(
    request: StaffRequest, form: SameStepForm, source: Source, ticked: list[int]
) -> HttpResponse:
    most = Step(form.kind).most
    found = list(source.rows[: most + 1])
    looked(request, *(one.person_id for one in found[:most]))
    context = {
        "kind": form.kind,
        "form": form,
        "source": source,
        "most": most,
        "more": len(found) > most,
        "lines": [
            (one, one.pk in ticked or request.method == "GET") for one in found[:most]
        ],
        "lately": _lately(request),
    }
    return render(request, "desk/same_step.html", context)


def _look(
    request: StaffRequest,
    ticked: list[Candidate],
    step: Step,
    form: SameStepForm,
    source: Source,
) -> HttpResponse:
    """What would happen to each, and who is left out and why; nothing changed yet."""
    if len(ticked) > step.most:
        messages.error(
            request,
            _("This can be done for at most %(most)d people at once. Choose fewer.")
            % {"most": step.most},
        )
        return _choose(request, form, source, [one.pk for one in ticked])
    looked(request, *(one.person_id for one in ticked))
    against = why_not(ticked, step, request.at)
    coaches = listing.coach_names(one.person_id for one in ticked)
    context = {
        "kind": step.kind,
        "source": source,
        "step": step,
        "key": uuid4(),
        "posted": [(name, request.POST[name]) for name in form.fields if name != "key"],
        "then": _then(step, form),
        "goes": [
            (one, coaches.get(one.person_id, ""))
            for one in ticked
            if not against[one.pk]
        ],
        "left_out": [(one, against[one.pk]) for one in ticked if against[one.pk]],
    }
    return render(request, "desk/same_step_look.html", context)


def _then(step: Step, form: SameStepForm) -> str:
    """What each of them becomes, in a few words."""
    if step.kind is Kind.COACH and step.coach:
        return _("Coach: %(name)s") % {"name": step.coach.name}
    if step.kind is Kind.LETTER:
        return _("A letter lies ready, to be posted")
    if step.kind is Kind.WAKE:
        return _("On the waiting list, called again")
    reason = form.reasons[step.reason]
    if step.until:
        told = {"day": f"{step.until:%d-%m-%Y}", "reason": reason}
        return _("Left in peace until %(day)s: %(reason)s") % told
    return _("Does not want to: %(reason)s") % {"reason": reason}


def _done(
    request: StaffRequest, outcome: Outcome, kind: Kind, source: Source
) -> HttpResponse:
    n = len(outcome.taken)
    said = ngettext(
        "%(what)s: done for %(n)d person.", "%(what)s: done for %(n)d people.", n
    ) % {"what": kind.label, "n": n}
    can_undo = n and kind is not Kind.LETTER
    undo_url = (
        reverse("desk:undo_same_step", args=[outcome.taken[0].pk]) if can_undo else ""
    )
    messages.success(request, said, extra_tags=undo_url)
    _tell(request, outcome.left_out)
    return go_to(request, source.back)


def _tell(request: StaffRequest, left_out: LeftOut) -> None:
    for candidate, why in left_out[:TOLD]:
        messages.warning(request, f"{candidate.person.full_name}: {why}")
    if len(left_out) > TOLD:
        more = len(left_out) - TOLD
        messages.warning(request, _("And %(n)d more people.") % {"n": more})


def _lately(request: StaffRequest) -> list[dict[str, object]]:
    """What can still be taken back as a whole."""
    rows = SameStep.objects.all().visible_to(request.user, request.reach)
    rows = rows.filter(at__gte=request.at - LATELY, taken_back_at=None)
    goes = rows.exclude(kind=Kind.LETTER).order_by("-at")
    found = goes.values("key", "kind", "at", "by__name")
    return [
        {**one, "label": Kind(one["kind"]).label}
        for one in found.annotate(n=Count("pk"), first=Min("pk"))
    ]


def _address(request: StaffRequest) -> Address:
    def address(token: str) -> str:
        return request.build_absolute_uri(reverse("inflow:choose", args=[token]))

    return address
