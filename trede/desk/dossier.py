"""The page of one person for who guides them: everything, put together."""

from datetime import timedelta
from operator import attrgetter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils import timezone

from trede.accounts.doors import StaffRequest
from trede.desk.after_care import after_care_of, phase_now
from trede.desk.beside import age_on, clock_of, measurements, treads
from trede.desk.casework import Casework, casework_of
from trede.desk.guidance import told
from trede.desk.happened import happened
from trede.desk.journey import path_of
from trede.desk.new_acts import acts, calls, leaving
from trede.desk.next_step import has_come, next_step
from trede.desk.since_last_visit import news_for
from trede.desk.timeline import chips, only
from trede.formats.telephone import telephone_shown
from trede.people.languages import language_name
from trede.people.models import Person
from trede.people.naming import initials
from trede.people.pages import about, may_open
from trede.trajectories.models import Step, Trajectory
from trede.trajectories.showing import MARKS
from trede.trajectories.working_steps import Checklist, checklist

A_PAGE = 25
# A mistake is seen soon; after this the acts on the pages themselves still take back.
TAKE_BACK = timedelta(days=14)


def dossier_of(request: StaffRequest, person: Person) -> dict[str, object]:
    today = timezone.localdate(request.at)
    work = casework_of(person)
    clock = clock_of(work, today)
    step = next_step(work, clock, today)
    guidance = told(request, person, _newest(work))
    return {
        **about(request, person, "desk:person", guidance),
        "lacks": guidance.lacks,
        "from": urlencode({"terug": request.path}),
        **_happened(request, work, person),
        "work": work,
        "candidate": work.candidate,
        "trajectory": work.trajectory,
        "age": age_on(person.birth_date, today),
        "quarter": _quarter(work),
        "language": language_name(person.language),
        "telephone": telephone_shown(person.telephone),
        "path": path_of(work, clock),
        "next": step,
        "next_open": step and (not step.url_name or may_open(request, step.url_name)),
        "next_has_come": step
        and step.appointment
        and has_come(step.appointment, today),
        "plan": _plan(work),
        "around": work.around,
        "method": _method(work),
        "phase": phase_now(work, clock, today),
        "after_care": after_care_of(work),
        "today": today,
        "acts": acts(request, work),
        "calls": calls(request, work),
        "leaving": leaving(request, work),
        "seen_until": request.at,
        "clock": clock,
        "treads": treads(work),
        "undo_from": request.at - TAKE_BACK,
        "initials": initials(person.full_name),
        "measurements": measurements(work, today),
        "household": work.at_home,
        "places": _places(work),
    }


def _happened(
    request: StaffRequest, work: Casework, person: Person
) -> dict[str, object]:
    entries = happened(work, intakes_open=may_open(request, "inflow:intake"))
    news = news_for(request.actor, person, entries, request.at)
    kind = request.GET.get("soort", "")
    page = Paginator(only(entries, kind), A_PAGE).get_page(request.GET.get("page"))
    return {"chips": chips(entries, kind), "page": page, "news": news}


def _newest(work: Casework) -> Trajectory | None:
    """With the pilot whose file was read already."""
    newest = max(work.trajectories, key=attrgetter("pk"), default=None)
    now = work.candidate
    if newest and now and newest.pilot_id == now.pilot_id:
        newest.pilot = now.pilot
    return newest


def _quarter(work: Casework) -> str:
    code = work.person.quarter
    known = work.rules.quarters if work.rules else ()
    return next((one.label for one in known if one.code == code), code)


def _places(work: Casework) -> dict[str, str]:
    known = work.rules.locations if work.rules else ()
    return {one.code: one.label for one in known}


def _method(work: Casework) -> Checklist | None:
    """The working steps of the present trajectory."""
    if work.trajectory is None or work.rules is None:
        return None
    return checklist(work.trajectory, work.rules.working_steps, work.working_steps)


def _plan(work: Casework) -> list[dict[str, object]]:
    """Goals that stand, of the present trajectory, with their steps."""
    now = work.trajectory
    return [
        {
            "words": goal.words,
            "steps": [
                (step, MARKS[Step.State(step.state)])
                for step in work.goal_steps
                if step.goal_id == goal.pk
            ],
        }
        for goal in work.goals
        if now and goal.trajectory_id == now.pk and not goal.ended_at
    ]
