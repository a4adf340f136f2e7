"""How inflow's part of a person is handed out and goes, and whom it leaves alone."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.contact.letter_texts import Wording, register_wording
from trede.contact.models import Letter as Made
from trede.contact.recording import guard
from trede.inflow import consent_letter, inviting, letter_words
from trede.inflow.models import (
    Candidate,
    CriterionOutcome,
    Deviation,
    Intake,
    InvitationChoice,
    ListPart,
    ListRow,
    ListUpload,
    Pair,
    Referral,
    SameStep,
    SelectionReason,
    StageTransition,
)
from trede.inflow.resting import left_in_peace
from trede.inflow.twice_a_candidate import cannot_become_one, move_to_kept
from trede.inflow.waiting_by_lot import left_alone
from trede.people.erasing import blanked, register, told
from trede.people.merging import on_merge, stop_merge_when

WHOLE_LIST = _("A whole list, encrypted; it is destroyed when undoing is over.")
# What a list told and what was said about the criteria. The uploaded file itself is
# destroyed when undoing is over; a person cannot be taken out of it before.
register(ListUpload, path="file__person", exempt=WHOLE_LIST)
register(ListPart, path="upload__file__person", exempt=WHOLE_LIST)
register(
    Candidate,
    erase=blanked(
        "born_in",
        "benefit_since_on",
        "settled_on",
        "last_seen_on",
        "other_track",
        "other_track_known",
        "status_approach",
    ),
    export=told(
        "pilot",
        "since_on",
        "stage",
        "born_in",
        "benefit_since_on",
        "settled_on",
        "last_seen_on",
        "other_track",
        "status_approach",
    ),
)
register(
    StageTransition,
    path="candidate__person",
    erase=blanked("remark"),
    export=told("at", "stage", "reason", "remark"),
)
register(
    SameStep,
    path="candidate__person",
    export=told("at", "kind", "coach_before", "coach_after", "taken_back_at"),
    exempt=_("Which step was taken and when; nothing of what was said is in it."),
)
register(ListRow, path="candidate__person", erase=blanked("before", "told"))
register(
    CriterionOutcome,
    path="candidate__person",
    erase=blanked("value", "reason"),
    export=told("criterion", "outcome", "source", "reference_on", "value", "reason"),
)

# The referrer stays with the referral for the figures; what was written goes.
register(
    Referral,
    path="candidate__person",
    erase=blanked("reason", "referrer_name"),
    export=told("at", "channel", "referrer_name", "reason"),
)
register(
    SelectionReason,
    path="candidate__person",
    erase=blanked("reason"),
    export=told("at", "motivation", "reason"),
)

register(
    InvitationChoice,
    path="candidate__person",
    erase=blanked("place", "language"),
    export=told(
        "chosen_at", "not_now", "place", "part_of_day", "language", "interpreter"
    ),
)

# The form that was signed is a stored file, and goes with those.
register(
    Intake,
    path="candidate__person",
    erase=blanked("talk_note", "topics", "barriers", "location"),
    export=told(
        "began_at",
        "location",
        "topics",
        "barriers",
        "talk_note",
        "outcome",
        "ended_at",
    ),
)

# Allocation. A pair is both members' own; what the lot said stands in their steps.
# Numbers and moments stay: anybody may recompute a lot.
register(
    Pair,
    path=("one__person", "other__person"),
    erase=blanked("dissolved_reason"),
    export=told("registered_at", "drawn_at", "dissolved_at"),
)
register(
    Deviation,
    path="candidate__person",
    erase=blanked("reason"),
    export=told("kind", "reason", "at"),
)

guard(left_alone)
stop_merge_when(cannot_become_one)
on_merge(move_to_kept)
guard(left_in_peace)

register_wording(
    Wording(
        Made.Kind.INVITATION.label,
        letter_words.InvitationWords,
        letter_words.INVITATION,
        inviting.specimen,
        numbers=letter_words.NUMBERS,
    )
)
register_wording(
    Wording(
        pgettext_lazy("letter", "page to choose where to talk"),
        letter_words.ChoiceWords,
        letter_words.CHOICE,
    )
)
register_wording(
    Wording(
        Made.Kind.CONSENT.label,
        letter_words.ConsentLetterWords,
        letter_words.CONSENT,
        consent_letter.specimen,
    )
)
