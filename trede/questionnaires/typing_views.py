"""Typing in what was answered on paper, by telephone or aloud: a section on a page."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Staff
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch
from trede.people.models import Person, PersonQuerySet, PersonsQuerySet
from trede.questionnaires import sittings, typing_in
from trede.questionnaires.answers import is_own_coach, known
from trede.questionnaires.course import core_of
from trede.questionnaires.definition import PartKind, Section
from trede.questionnaires.models import Sitting
from trede.questionnaires.moments import explanations
from trede.questionnaires.translating import choices
from trede.questionnaires.typing_forms import AskForm, HowForm, SectionForm


class SittingsToType(PersonsQuerySet[Sitting]):
    """Of one's own people, and those one was asked to type in."""

    def own_of(self, staff: Staff) -> "SittingsToType":
        people = PersonQuerySet(Person).own_of(staff)
        asked = Q(typist=staff, state__in=sittings.OPEN)
        return self.filter(Q(person__in=people) | asked)


def _fetch(request: StaffRequest, sitting_id: int) -> Sitting:
    rows = SittingsToType(Sitting).select_related(
        "questionnaire", "person__municipality", "pilot", "prepared_by", "typist"
    )
    return fetch(request, rows.defer("questionnaire__text"), sitting_id)


def type_in(request: StaffRequest, sitting_id: int) -> HttpResponse:
    """How far the typing is; what was typed stands on the pages of the sections."""
    now = _fetch(request, sitting_id)
    is_over = now.state in sittings.OVER
    if not is_over and _how_first(request, now):
        return redirect("questionnaires:type_in_how", now.pk)
    looked(request, now.person_id)
    found = [] if is_over else typing_in.chapters(now)
    context = {
        "sitting": now,
        "is_over": is_over,
        "chapters": _worded(found, request.user.language),
        "open": sum(one.asked - one.done for one in found),
        "begun": any(one.done for one in found),
    }
    return render(request, "questionnaires/type_in.html", context)


def _how_first(request: StaffRequest, now: Sitting) -> bool:
    unknown = now.answered_on is None
    return unknown or typing_in.keeps_out(now, request.user)


def _worded(
    found: list[typing_in.Chapter], language: str
) -> list[tuple[typing_in.Chapter, str]]:
    return [(one, one.section.title.read_in(language)) for one in found]


def how(request: StaffRequest, sitting_id: int) -> HttpResponse:
    now = _fetch(request, sitting_id)
    own_coach = is_own_coach(now, request.user)
    form = HowForm(
        request.POST or None,
        initial=_noted(now, request),
        languages=_languages(now),
        own_coach=own_coach,
    )
    if request.method == "POST" and form.is_valid():
        begun = attempt(
            form,
            lambda: typing_in.begin(
                sitting=now, how=form.how(), by=request.actor, at=request.at
            ),
        )
        if begun is not None:
            return redirect("questionnaires:type_in", now.pk)
    looked(request, now.person_id)
    context = {"sitting": now, "form": form, "own_coach": own_coach}
    return render(request, "questionnaires/type_in_how.html", context)


def _noted(now: Sitting, request: StaffRequest) -> dict[str, object]:
    begun = now.answered_on is not None
    return {
        "mode": now.mode if begun else Sitting.Mode.PAPER,
        "language": now.language,
        "helped_by": now.helped_by,
        "answered_on": now.answered_on or timezone.localdate(request.at),
        "own_coach_agreed": now.own_coach_agreed,
    }


def _languages(now: Sitting) -> list[tuple[str, str]]:
    return choices(sittings.languages_offered(now))


def ask(request: StaffRequest, sitting_id: int) -> HttpResponse:
    now = _fetch(request, sitting_id)
    form = AskForm(request.POST or None, typists=typing_in.typists(now))
    if request.method == "POST" and form.is_valid():
        typist = form.chosen()
        asked = attempt(
            form,
            lambda: typing_in.ask(
                sitting=now, typist=typist, by=request.actor, at=request.at
            ),
        )
        if asked is not None:
            words = _("%(name)s finds this questionnaire under “My day”.")
            messages.success(request, words % {"name": typist.name})
            return redirect("questionnaires:sitting", now.pk)
    looked(request, now.person_id)
    context = {"sitting": now, "form": form}
    return render(request, "questionnaires/ask_typist.html", context)


def section(request: StaffRequest, sitting_id: int, section: str) -> HttpResponse:
    now = _fetch(request, sitting_id)
    part = core_of(now)
    chosen = next((one for one in part.sections if one.code == section), None)
    if chosen is None or now.state in sittings.OVER or _how_first(request, now):
        return redirect("questionnaires:type_in", now.pk)
    form = _section_form(request, now, chosen)
    if request.method == "POST" and _kept(request, now, form):
        return _onward(now, chosen, form, request)
    refused = form.non_field_errors()
    looked(request, now.person_id)
    context = {
        "sitting": now,
        "form": form,
        "kept": bool(form.is_bound and form.answers and not refused),
        "title": chosen.title.read_in(request.user.language),
        "intro": chosen.intro.read_in(request.user.language) if chosen.intro else "",
    }
    return render(request, "questionnaires/type_section.html", context)


def _section_form(request: StaffRequest, now: Sitting, chosen: Section) -> SectionForm:
    part, there = core_of(now), known(now, PartKind.CORE)
    return SectionForm(
        request.POST if request.method == "POST" else None,
        part=part,
        questions=typing_in.to_type(part, chosen, there),
        language=request.user.language,
        on=now.answered_on or timezone.localdate(request.at),
        shown=typing_in.shown_to(there, request.user),
        there=there.answers,
        explained=explanations(now),
    )


def _kept(request: StaffRequest, now: Sitting, form: SectionForm) -> bool:
    """What is right is kept, also when something else on the page is not."""
    right = form.is_valid()
    kept = attempt(
        form,
        lambda: typing_in.type_in(
            sitting=now,
            answers=form.answers,
            explained=form.explained,
            by=request.actor,
            at=request.at,
        ),
    )
    return right and kept is not None


def _onward(
    now: Sitting, chosen: Section, form: SectionForm, request: StaffRequest
) -> HttpResponse:
    """To the next section, or to the overview after the last one."""
    left_out = len(form.not_asked)
    if left_out:
        words = ngettext(
            "%(n)d answer is not kept: after the other answers it is not asked.",
            "%(n)d answers are not kept: after the other answers they are not asked.",
            left_out,
        )
        messages.warning(request, words % {"n": left_out})
    codes = [one.section.code for one in typing_in.chapters(now)]
    later = codes[codes.index(chosen.code) + 1 :] if chosen.code in codes else []
    if later:
        return redirect("questionnaires:type_section", now.pk, later[0])
    return redirect("questionnaires:type_in", now.pk)


def hand_in(request: StaffRequest, sitting_id: int) -> HttpResponse:
    now = _fetch(request, sitting_id)
    typing_in.hand_in(sitting=now, by=request.actor, at=request.at)
    messages.success(request, _("Handed in. Nobody here sees these answers any more."))
    return redirect("desk:home")
