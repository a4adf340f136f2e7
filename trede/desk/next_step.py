"""What is the next step with a person: one sentence, and where to do it.

An appointment that stands comes first; else the stage decides.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trede.contact.models import Appointment
from trede.desk.after_care import after_care_of
from trede.desk.casework import Casework
from trede.inflow.attempt_words import what_next
from trede.inflow.models import Candidate, Stage
from trede.inflow.protocol import Step, next_attempt
from trede.questionnaires.models import Sitting
from trede.trajectories.clock import Clock
from trede.trajectories.closing import EVALUATION

TO_REACH = frozenset((Stage.WAITING, Stage.RESTING))
DONE = frozenset((Sitting.State.FINISHED, Sitting.State.ENDED))


@dataclass(frozen=True)
class NextStep:
    """Either an appointment, or words with an act that may be done now."""

    words: str | Promise
    url_name: str = ""
    url: str = ""
    act: str | Promise = ""
    appointment: Appointment | None = None


def standing_appointments(work: Casework) -> list[Appointment]:
    """The first to come, or to be noted, is first."""
    every = {row.appointment_id: row.appointment for row in work.appointment_steps}
    planned = (one for one in every.values() if one.state == Appointment.State.PLANNED)
    return sorted(planned, key=lambda one: (one.starts_at, one.pk))


def next_step(work: Casework, clock: Clock | None, on: date) -> NextStep | None:
    standing = standing_appointments(work)
    if standing:
        return NextStep(standing[0].about, appointment=standing[0])
    candidate = work.candidate
    if candidate is None:
        return None
    if candidate.stage == Stage.LISTED:
        return _to_screen(candidate)
    if candidate.stage in TO_REACH:
        return _to_reach(work, candidate, on)
    if candidate.stage == Stage.STARTED:
        return _in_trajectory(work, clock)
    if candidate.stage == Stage.CLOSED:
        return _after(work)
    return _before_start(work, candidate)


def _to_screen(candidate: Candidate) -> NextStep:
    name = "inflow:eligibility"
    url = reverse(name, args=[candidate.pk])
    words = _("See whether this person fits. Then the waiting list follows.")
    return NextStep(words, name, url, _("Does this person fit?"))


def _to_reach(work: Casework, candidate: Candidate, on: date) -> NextStep | None:
    if work.rules is None:
        return None
    attempt = next_attempt(
        candidate=candidate,
        moments=[one for one in work.moments if one.pilot_id == candidate.pilot_id],
        rules=work.rules,
        on=on,
        has_number=bool(work.person.telephone),
    )
    name, query, act = _way_to_reach(attempt.step)
    person = [] if attempt.step == Step.LETTER else [work.person.pk]
    pilot = f"pilot={candidate.pilot.code}"
    url = f"{reverse(name, args=person)}?{pilot}{query}"
    return NextStep(what_next(attempt), name, url, act)


def _way_to_reach(step: Step) -> tuple[str, str, str]:
    """The door, what it must know, and the act, in the words of the waiting list."""
    if step == Step.AGREE:
        return "contact:plan", "&occasion=intake", _("Plan a first talk")
    if step == Step.LETTER:
        return "inflow:invitations", "", _("Invitations")
    return "contact:record", "&occasion=invitation", _("Note a contact")


def _before_start(work: Casework, candidate: Candidate) -> NextStep | None:
    open_now = [one for one in work.intakes if one.ended_at is None]
    if candidate.stage == Stage.INTAKE and open_now:
        url = reverse("inflow:intake", args=[open_now[-1].pk])
        return NextStep(
            _("The intake is not finished yet."), "inflow:intake", url, _("Go on")
        )
    if candidate.stage == Stage.TO_START:
        name = "trajectories:start"
        url = reverse(name, args=[candidate.pk])
        return NextStep(_("The trajectory may start."), name, url, _("Start"))
    if candidate.stage == Stage.PAIR_WAITING:
        return NextStep(_("Waits by lot. Until then nobody needs to do anything."))
    return None


def _in_trajectory(work: Casework, clock: Clock | None) -> NextStep:
    plan = reverse("contact:plan", args=[work.person.pk])
    if clock and clock.over and work.trajectory:
        name = "trajectories:close"
        url = reverse(name, args=[work.trajectory.pk])
        return NextStep(_("The months are over."), name, url, _("Close"))
    if clock and clock.stands_still:
        words = _("A pause. Plan when you will meet again.")
    else:
        words = _("No appointment is planned.")
    return NextStep(words, "contact:plan", plan, _("Plan an appointment"))


def _after(work: Casework) -> NextStep | None:
    if work.trajectory and may_be_evaluated(work):
        name = "trajectories:open_evaluation"
        url = reverse(name, args=[work.trajectory.pk])
        words = _("The evaluation was not filled in yet.")
        return NextStep(words, name, url, _("Evaluation questionnaire"))
    address = reverse("contact:record", args=[work.person.pk])
    return NextStep(
        _words_after(work),
        "contact:record",
        f"{address}?occasion=after_care",
        _("Note a contact"),
    )


def _words_after(work: Casework) -> str:
    care = after_care_of(work)
    if care is None:
        return _("After-care: ask now and then how it goes.")
    if care.next_on:
        day = care.next_on.strftime("%d-%m-%Y")
        return _("After-care: ask how it goes around %(day)s.") % {"day": day}
    return _("No contact is planned any more. Who calls is welcome.")


def may_be_evaluated(work: Casework) -> bool:
    """Takes part in the study, and has not been asked before; of who came back the
    first trajectory was evaluated, or was not."""
    if work.came_back:
        return False
    asked = (one for one in work.sittings if one.wave == EVALUATION)
    return takes_part(work) and not any(one.state in DONE for one in asked)


def takes_part(work: Casework) -> bool:
    """The newest decision on the study counts."""
    about = [one for one in work.consents if one.purpose == "study"]
    return bool(about) and about[-1].given


def has_come(appointment: Appointment, on: date) -> bool:
    return timezone.localdate(appointment.starts_at) <= on
