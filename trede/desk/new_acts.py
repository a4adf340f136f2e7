"""What can be begun with a person now: the acts of the “new” menu.

The stage says which acts make sense; the table of permissions says which of those this
member of staff may do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.desk.casework import Casework
from trede.desk.next_step import takes_part
from trede.inflow.models import Candidate, Stage
from trede.people.pages import may_open

ALWAYS = (
    ("contact:record", _("Contact")),
    ("contact:plan", _("Appointment")),
    ("people:notes", _("Note")),
)
TO_REACH = (
    ("inflow:begin_intake", _("Begin the intake")),
    ("inflow:eligibility", _("Does this person fit?")),
    ("inflow:select", _("Why this person?")),
    ("inflow:invite", _("Make the invitation")),
    ("inflow:rest", _("Leave in peace for a while")),
    ("inflow:decline", _("Would rather not")),
    ("inflow:found_ineligible", _("Does not fit, or not any more")),
)
INTAKE = (
    ("inflow:begin_intake", _("Intake, once more")),
    ("inflow:eligibility", _("Does this person fit?")),
    ("inflow:decline", _("Would rather not")),
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
    Stage.STARTED: (("trajectories:leave_trajectory", _("Leave the trajectory")),),
    Stage.CLOSED: (("inflow:begin_intake", _("Begin the intake")),),
    Stage.DECLINED: (("inflow:begin_intake", _("Begin the intake")),),
    Stage.REFERRED_ON: (("inflow:begin_intake", _("Begin the intake")),),
    Stage.INELIGIBLE: (("inflow:eligibility", _("Does this person fit?")),),
    Stage.GONE: (("inflow:eligibility", _("Does this person fit?")),),
}
RUNNING = (
    ("trajectories:set_goal", _("Goal")),
    ("trajectories:assess", _("The ladder")),
    ("trajectories:pause", _("Pause")),
    ("trajectories:hand_over", _("Hand over to another coach")),
    ("trajectories:open_evaluation", _("Evaluation questionnaire")),
    ("trajectories:close", _("Close the trajectory")),
)
CLOSED = (("trajectories:open_evaluation", _("Evaluation questionnaire")),)
# Buttons instead of links: they act at once and can be taken back.
POSTED = frozenset(("inflow:invite", "inflow:wake"))


@dataclass(frozen=True)
class Act:
    label: str | Promise
    url: str
    posted: bool = False


def acts(request: StaffRequest, work: Casework) -> list[Act]:
    return [
        Act(label, reverse(name, args=[number]), name in POSTED)
        for name, label, number in _sensible(work)
        if may_open(request, name)
    ]


def _sensible(work: Casework) -> Iterator[tuple[str, Promise, int]]:
    person, candidate = work.person, work.candidate
    if person.merged_into_id or person.erased_at:
        return
    yield from ((name, label, person.pk) for name, label in ALWAYS)
    if candidate is None:
        return
    yield from _of_trajectory(work)
    for name, label in BY_STAGE[Stage(candidate.stage)]:
        yield name, label, candidate.pk
    yield from _of_study(work, candidate)


def _of_trajectory(work: Casework) -> Iterator[tuple[str, Promise, int]]:
    trajectory = work.trajectory
    if trajectory:
        of_it = CLOSED if trajectory.closed_on else RUNNING
        yield from ((name, label, trajectory.pk) for name, label in of_it)


def _of_study(
    work: Casework, candidate: Candidate
) -> Iterator[tuple[str, Promise, int]]:
    if takes_part(work):
        yield "trajectories:stop_with_study", _("Stop with the study"), candidate.pk
