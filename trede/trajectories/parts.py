"""What this step of the journey tells the earlier ones: how its rows are handed out to
the person, and how they go."""

from django.utils.translation import gettext_lazy as _

from trede.accounts.employing import guard_end
from trede.contact.free_moments import leave_out
from trede.contact.letter_texts import Wording, register_wording
from trede.contact.models import Letter as Made
from trede.people import erasing
from trede.people.consenting import on_withdrawal
from trede.people.erasing import blanked, told
from trede.pilots.sections import register_section
from trede.trajectories import hand_over_letter
from trede.trajectories.absence_days import days_away
from trede.trajectories.handing_over import people_to_hand_over
from trede.trajectories.ladder import ladder_exists
from trede.trajectories.leaving import note_stop
from trede.trajectories.models import (
    BarrierChange,
    Closing,
    Cover,
    ExemptionNotice,
    Extension,
    Goal,
    HandOver,
    LadderAssessment,
    Leaving,
    Manner,
    Pause,
    PlannedCover,
    SmallStep,
    Step,
    StepTransition,
    Strength,
    Trajectory,
    WorkingStepNote,
)

guard_end(people_to_hand_over)
leave_out(days_away)
on_withdrawal(note_stop)

_COUNTS = _("Dates without a name, for counts that were published.")

erasing.register(
    Trajectory,
    export=told("started_on", "months", "design", "circumstance", "closed_on"),
    exempt=_COUNTS,
)
erasing.register(
    Goal,
    path="trajectory__person",
    erase=blanked("words"),
    export=told("words", "set_at", "set_by", "ended_at", "reached", "reversed_at"),
)
erasing.register(
    Step,
    path="goal__trajectory__person",
    erase=blanked("words"),
    export=told("words", "together", "planned_on", "state", "made_at"),
)
erasing.register(
    SmallStep,
    path="trajectory__person",
    erase=blanked("words"),
    export=told("words", "domain", "on", "together", "recorded_by", "reversed_at"),
)
erasing.register(
    Strength,
    path="trajectory__person",
    erase=blanked("words"),
    export=told("words", "domain", "recorded_at", "recorded_by", "reversed_at"),
)
erasing.register(
    BarrierChange,
    path="trajectory__person",
    erase=blanked("code"),
    export=told("code", "is_there", "on", "recorded_by", "reversed_at"),
)
erasing.register(
    Manner,
    path="trajectory__person",
    erase=blanked("often", "place", "channel", "coach", "avoid"),
    export=told(
        "often", "place", "channel", "coach", "avoid", "recorded_at", "reversed_at"
    ),
)
erasing.register(
    StepTransition,
    path="step__goal__trajectory__person",
    export=told("state", "at", "by"),
    exempt=_COUNTS,
)
erasing.register(
    HandOver,
    path="trajectory__person",
    erase=blanked("note"),
    export=told("giver", "receiver", "on", "reason", "note"),
)
erasing.register(
    PlannedCover,
    erase=blanked("note", "limit_reason", "why_not"),
    export=told("staff", "for_good", "note", "planned_at", "limit_reason", "why_not"),
)
erasing.register(Cover, export=told("staff", "from_on", "ended_on"), exempt=_COUNTS)
erasing.register(
    Pause,
    path="trajectory__person",
    export=told("from_on", "until_on", "reason", "reversed_at"),
    exempt=_COUNTS,
)
erasing.register(
    Extension,
    path="trajectory__person",
    erase=blanked("reason"),
    export=told("months", "reason", "recorded_at", "reversed_at"),
)
erasing.register(
    WorkingStepNote,
    path="trajectory__person",
    erase=blanked("why"),
    export=told("code", "kind", "on", "why", "reversed_at"),
)
erasing.register(
    LadderAssessment,
    path="trajectory__person",
    erase=blanked("override_reason"),
    export=told(
        "reference_on",
        "answers",
        "version",
        "tread_by_rule",
        "tread",
        "override_reason",
        "growth_potential",
        "by",
        "reversed_at",
    ),
)
erasing.register(
    Closing,
    path="trajectory__person",
    erase=blanked("note", "reversed_reason"),
    export=told("on", "reason", "note", "reversed_at", "reversed_reason"),
)
erasing.register(Leaving, export=told("kind", "at", "reversed_at"), exempt=_COUNTS)
erasing.register(
    ExemptionNotice,
    path="trajectory__person",
    export=told("kind", "on"),
    exempt=_COUNTS,
)

register_section("ladder", ladder_exists)
register_wording(
    Wording(
        Made.Kind.NEW_COACH.label,
        hand_over_letter.NewCoachWords,
        hand_over_letter.TEXT,
        hand_over_letter.specimen,
    )
)
