"""What can be begun with a person now: the acts of the “new” menu, and of stopping.

The stage says which acts make sense; the table of permissions says which of those this
member of staff may do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.desk.casework import Casework
from trede.desk.next_step import may_be_evaluated, takes_part
from trede.inflow.models import Stage
from trede.people.pages import may_open

EVALUATION = "trajectories:open_evaluation"
ALWAYS = (
    ("contact:record", _("Contact")),
    ("contact:plan", _("Appointment")),
    ("people:notes", _("Note")),
    ("partners:refer_onward", _("To a partner")),
)
TO_REACH = (
    ("inflow:begin_intake", _("Begin the intake")),
    ("inflow:eligibility", _("Does this person fit?")),
    ("inflow:select", _("Why this person?")),
    ("inflow:invite", _("Make the invitation")),
    ("inflow:rest", _("Leave in peace for a while")),
    ("inflow:decline", _("Would rather not")),
    ("inflow:drop_out", _("Stopped, or not heard of any more")),
    ("inflow:found_ineligible", _("Does not fit, or not any more")),
)
INTAKE = (
    ("inflow:begin_intake", _("Intake, once more")),
    ("inflow:eligibility", _("Does this person fit?")),
    ("inflow:decline", _("Would rather not")),
    ("inflow:drop_out", _("Stopped, or not heard of any more")),
    ("inflow:found_ineligible", _("Does not fit, or not any more")),
)
TO_START = (("trajectories:start", _("Start the trajectory")), *INTAKE)
# By candidate; those of a running trajectory are below.
BY_STAGE = {
    Stage.LISTED: TO_REACH,
    Stage.WAITING: TO_REACH,
    Stage.RESTING: (("inflow:wake", _("Call again from now on")), *TO_REACH),
    Stage.INTAKE: INTAKE,
    Stage.TO_START: TO_START,
    Stage.PAIR_WAITING: TO_START,
    Stage.STARTED: (),
    Stage.CLOSED: (("inflow:begin_intake", _("Comes back: a new intake")),),
    Stage.DECLINED: (("inflow:begin_intake", _("Begin the intake")),),
    Stage.REFERRED_ON: (("inflow:begin_intake", _("Begin the intake")),),
    Stage.INELIGIBLE: (("inflow:eligibility", _("Does this person fit?")),),
    Stage.GONE: (("inflow:eligibility", _("Does this person fit?")),),
}
RUNNING = (
    ("trajectories:set_goal", _("Goal")),
    ("trajectories:add_small_step", _("A small step")),
    ("trajectories:assess", _("The ladder")),
    ("trajectories:pause", _("Pause")),
    ("trajectories:extend", _("Extend the trajectory")),
    ("trajectories:hand_over", _("Hand over to another coach")),
    (EVALUATION, _("Evaluation questionnaire")),
    ("trajectories:close", _("Close the trajectory")),
)
CLOSED = ((EVALUATION, _("Evaluation questionnaire")),)
# Buttons instead of links: they act at once and can be taken back.
POSTED = frozenset(("inflow:invite", "inflow:wake", "desk:print_my_plan"))


# URL name, words, and the number in the address.
Known = tuple[str, Promise, int]


@dataclass(frozen=True)
class Act:
    label: str | Promise
    url: str
    posted: bool = False


def acts(request: StaffRequest, work: Casework) -> list[Act]:
    return _open(request, _sensible(work))


def leaving(request: StaffRequest, work: Casework) -> list[Act]:
    """In sight, so that stopping is as near as it was promised."""
    return _open(request, _stops(work))


def calls(request: StaffRequest, work: Casework) -> bool:
    """Somebody may be called now, and one tap can note it."""
    callable_now = work.candidate and work.person.telephone and not _is_closed(work)
    return bool(callable_now) and may_open(request, "desk:tap")


def _open(request: StaffRequest, sensible: Iterable[Known]) -> list[Act]:
    return [
        Act(label, reverse(name, args=[number]), name in POSTED)
        for name, label, number in sensible
        if may_open(request, name)
    ]


def _is_closed(work: Casework) -> bool:
    return bool(work.person.merged_into_id or work.person.erased_at)


def _sensible(work: Casework) -> Iterator[Known]:
    person, candidate = work.person, work.candidate
    if _is_closed(work):
        return
    yield from ((name, label, person.pk) for name, label in ALWAYS)
    if candidate is None:
        return
    yield "inflow:paper_consent", _("Consent on paper"), candidate.pk
    yield "desk:print_my_plan", _("My plan, on paper"), person.pk
    yield from _of_trajectory(work)
    for name, label in BY_STAGE[Stage(candidate.stage)]:
        yield name, label, candidate.pk


def _of_trajectory(work: Casework) -> Iterator[Known]:
    trajectory = work.trajectory
    if trajectory:
        of_it = CLOSED if trajectory.closed_on else RUNNING
        for name, label in of_it:
            if name != EVALUATION or may_be_evaluated(work):
                yield name, label, trajectory.pk


def _stops(work: Casework) -> Iterator[Known]:
    candidate = work.candidate
    if candidate is None or _is_closed(work):
        return
    if takes_part(work):
        yield "trajectories:stop_with_study", _("Stop with the study"), candidate.pk
    if candidate.stage == Stage.STARTED:
        name = "trajectories:leave_trajectory"
        yield name, _("Leave the trajectory"), candidate.pk
