"""What the successor needs to know of a person, on paper.

Goals and steps, what stands around them, what was agreed, when there was contact last,
and the note of the one who guided: nothing that the person answered in a questionnaire
(wall 2), and no reason why a coach is away.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.contact.models import Appointment, ContactMoment
from trede.documents.typesetting import typeset
from trede.formats.telephone import telephone_shown
from trede.people.languages import language_name
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.trajectories.around_goals import around_goals
from trede.trajectories.barriers import Barrier
from trede.trajectories.clock import clock
from trede.trajectories.models import HandOver, SmallStep, Step, Trajectory
from trede.trajectories.profile import quarters_of
from trede.trajectories.treads import ladder_due, treads_of

LAST_CONTACTS = 8
# A line, or a line with what hangs under it.
Line = str | tuple[str, list[str]]
Section = tuple[str | Promise, Callable[[Person], Iterable[Line]]]
_also: list[Section] = []


def also_handed(
    title: str | Promise, lines: Callable[[Person], Iterable[Line]]
) -> None:
    """Register what a later step of the journey tells the successor."""
    _also.append((title, lines))


def pdf(handed: HandOver, at: datetime) -> bytes:
    return typeset("hand_over", content(handed, at))


def content(handed: HandOver, at: datetime) -> dict[str, object]:
    """What `hand_over.typ` takes."""
    trajectory, on = handed.trajectory, timezone.localdate(at)
    person, rules = trajectory.person, rules_of(trajectory.pilot)
    around = around_goals(trajectory)
    sections: tuple[tuple[str, Iterable[Line]], ...] = (
        (_("For the new coach"), [handed.note]),
        (_("To reach"), _reached(trajectory)),
        (_("The months"), [_clock(trajectory, on)]),
        (pgettext("hand-over", "Ladder"), _ladder(trajectory, rules)),
        (_("Goals and steps"), _plan(trajectory)),
        (_("Pace and manner"), [one.words for one in around.liked[:1]]),
        (_("What goes well"), [f"“{one.words}”" for one in around.strengths]),
        (_("In the way"), [_in_the_way(one) for one in around.in_the_way]),
        (_("Small steps"), [_small_step(one) for one in around.small_steps]),
        *((str(title), lines(person)) for title, lines in _also),
        (pgettext("hand-over", "Agreed"), _agreed(trajectory, rules, at)),
        (_("Last contacts"), _contacts(trajectory)),
    )
    return {
        "language": "nl",
        "direction": "ltr",
        "made_on": on.isoformat(),
        "municipality": f"Gemeente {person.municipality.name}",
        "footer": _("For the coach only. Destroy it when you know it."),
        "title": _("Hand-over"),
        "name": person.full_name,
        "says": _("On %(day)s from %(giver)s to %(receiver)s.")
        % {
            "day": f"{handed.on:%d-%m-%Y}",
            "giver": handed.giver.name,
            "receiver": handed.receiver.name,
        },
        "sections": [
            {"title": title, "lines": _whole(lines)} for title, lines in sections
        ],
    }


def _whole(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line] or [_("Nothing was noted.")]


def _reached(trajectory: Trajectory) -> Iterator[str]:
    person = trajectory.person
    yield telephone_shown(person.telephone)
    yield language_name(person.language)
    yield quarters_of(person.municipality).get(person.quarter, person.quarter)


def _clock(trajectory: Trajectory, on: date) -> str:
    ends = clock(trajectory, trajectory.pauses.standing(), on).ends_on
    if ends is None:
        return _("The clock stands still.")
    return _("The trajectory runs until %(day)s.") % {"day": f"{ends:%d-%m-%Y}"}


def _ladder(trajectory: Trajectory, rules: Rules) -> Iterator[str]:
    """The tread somebody is on, what is within reach, and when to look again."""
    standing = [*trajectory.assessments.standing()]
    for one in treads_of(standing, rules.ladder.version):
        if one.note:
            since = f" {one.on:%d-%m-%Y}" if one.state == "now" and one.on else ""
            yield f"{one.number} {one.label}: {one.note}{since}"
    last_on = standing[-1].reference_on if standing else None
    again = ladder_due(trajectory.started_on, last_on, rules.ladder.reassess_months)
    yield _("To be determined on %(day)s.") % {"day": f"{again:%d-%m-%Y}"}


def _plan(trajectory: Trajectory) -> Iterator[Line]:
    for goal in trajectory.goals.standing():
        steps = Step.objects.standing().filter(goal=goal)
        yield f"“{goal.words}”", [_step(one) for one in steps]


def _step(step: Step) -> str:
    day = f", {step.planned_on:%d-%m-%Y}" if step.planned_on else ""
    with_coach = f", {_('the coach goes along')}" if step.together else ""
    return f"{step.words} ({step.get_state_display()}{with_coach}{day})"


def _in_the_way(barrier: Barrier) -> str:
    since = {"barrier": barrier.label, "day": f"{barrier.seen_on:%d-%m-%Y}"}
    return _("%(barrier)s, since %(day)s") % since


def _small_step(step: SmallStep) -> str:
    went_along = f" ({_('the coach went along')})" if step.together else ""
    return f"{step.on:%d-%m-%Y}: {step.words}{went_along}"


def _agreed(trajectory: Trajectory, rules: Rules, at: datetime) -> Iterator[str]:
    places = {one.code: one.label for one in rules.locations}
    rows = Appointment.objects.filter(
        person=trajectory.person, state=Appointment.State.PLANNED, starts_at__gte=at
    )
    for one in rows.order_by("starts_at"):
        when = timezone.localtime(one.starts_at)
        place = places.get(one.location, one.location)
        words = f"{when:%d-%m-%Y %H.%M}, {place}: {one.about}"
        if one.interpreter:
            booked = _("booked") if one.interpreter_booked_at else _("not booked yet")
            told = {"language": one.interpreter, "booked": booked}
            words += " " + _("(interpreter: %(language)s, %(booked)s)") % told
        yield words


def _contacts(trajectory: Trajectory) -> Iterator[str]:
    rows = ContactMoment.objects.standing().filter(
        person=trajectory.person, pilot=trajectory.pilot
    )
    for one in rows.order_by("-at")[:LAST_CONTACTS]:
        when = f"{timezone.localtime(one.at):%d-%m-%Y}"
        what = f"{one.get_channel_display()}, {one.get_outcome_display()}"
        yield f"{when}: {capfirst(what)}. {one.note}".strip()
