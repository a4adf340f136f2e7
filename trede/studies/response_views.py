"""How many answered, and what it asked of them: for steering and for the researcher.

For use inside the building: what is made public goes through disclosure control.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.visibility import fetch
from trede.evaluation.proportions import Share
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.people.languages import language_name
from trede.people.pages import may_open
from trede.questionnaires.models import Sitting
from trede.studies import burden as burdens
from trede.studies.leaving_figure import figure, where_people_leave
from trede.studies.models import Study
from trede.studies.response import Response, responses
from trede.studies.scheduling import State
from trede.studies.small_numbers import guarded, rough


def response(request: StaffRequest) -> HttpResponse:
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "waves": [_wave(one) for one in responses(pilot, today)],
        "sees_due": may_open(request, "studies:due"),
        "today": today,
    }
    return render(request, "studies/response.html", context)


def burden(request: StaffRequest, study_id: int) -> HttpResponse:
    study = fetch(request, Study.objects.select_related("pilot"), study_id)
    versions = burdens.versions(study.pilot)
    chosen = _chosen(versions, request.GET.get("vragenlijst", ""))
    found = burdens.burden(study.pilot, chosen) if chosen else None
    context = {
        "study": study,
        "chips": [_chip(one, chosen) for one in versions],
        "chosen": chosen,
        "burden": found,
        "told": where_people_leave(found) if found else "",
        "figure": figure(found) if found else None,
        "questions": [_question(one) for one in found.questions] if found else [],
    }
    return render(request, "studies/burden.html", context)


def _wave(one: Response) -> dict[str, object]:
    n = one.counts
    rows = (
        (_("Filled in"), n[State.DONE], "a"),
        (_("Ended half-way"), n[State.BROKEN_OFF], "b"),
        (_("Begun, not finished"), n[State.UNDER_WAY], "c"),
        (_("Open, not begun"), n[State.OPEN], "d"),
        (_("Not reached before the window closed"), n[State.MISSED], "e"),
        (_("Said no to this questionnaire"), n[State.REFUSED], "e"),
        (_("Said no to the study, or stopped with it"), n[State.STOPPED], "e"),
    )
    return {
        "response": one,
        "finished": _percentages(one.finished),
        "willing": _percentages(one.of_the_willing),
        "rows": rows,
        "parts": [{"n": number, "key": key} for _label, number, key in rows],
        "later": n[State.LATER],
        "left": n[State.LEFT],
        "modes": [
            (Sitting.Mode(code).label, _or_hidden(number))
            for code, number in one.by_mode.items()
        ],
        "languages": [
            (language_name(code), _or_hidden(number))
            for code, number in one.by_language.items()
        ],
    }


def _percentages(found: Share | None) -> dict[str, float] | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "of": found.of,
        "share": 100 * found.value,
        "low": 100 * found.low,
        "high": 100 * found.high,
    }


def _or_hidden(n: int | None) -> str:
    return "·" if n is None else str(n)


def _chosen(versions: list[burdens.Version], asked: str) -> burdens.Version | None:
    named = (one for one in versions if _key(one) == asked)
    return next(named, versions[0] if versions else None)


def _key(version: burdens.Version) -> str:
    made = "s" if version.simulated else ""
    return f"{version.questionnaire.pk}{made}"


def _chip(
    version: burdens.Version, chosen: burdens.Version | None
) -> dict[str, object]:
    about = version.questionnaire
    label = _("%(title)s, version %(version)s") % {
        "title": about.title,
        "version": about.version,
    }
    if version.simulated:
        label = _("%(label)s, simulated") % {"label": label}
    return {
        "label": label,
        "count": version.n,
        "url": f"?vragenlijst={_key(version)}",
        "current": version == chosen,
    }


def _question(one: burdens.AtQuestion) -> dict[str, object]:
    """A row of the table; too few people at a question and it says only so."""
    forms = guarded(one.forms)
    return {
        "question": one,
        "seen": rough(one.seen),
        "cells": [_or_hidden(forms[form]) for form in burdens.FORMS],
        "explained": rough(one.explained),
        "stopped": rough(one.stopped),
        "left": rough(one.left),
    }
