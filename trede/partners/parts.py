"""What this step of the journey tells the earlier ones: how its rows are handed out to
the person, how they go, and what a colleague who takes over is told. The directory
holds no data of participants."""

from django.utils.translation import gettext_lazy as _

from trede.partners.models import (
    OnwardReferral,
    OnwardStep,
    Placement,
    PlacementMoment,
    Professional,
    SchemeUse,
)
from trede.partners.standing_in import told_to_the_successor, trials
from trede.people.erasing import blanked, deleted, register, told
from trede.trajectories.falling_due import also_due
from trede.trajectories.hand_over_document import also_handed

register(
    OnwardReferral,
    export=told("organisation", "place", "state", "went_along"),
    exempt=_("Without a name, for the counts of what partners are used for."),
)
register(
    OnwardStep,
    path="onward__person",
    erase=blanked("words"),
    export=told("state", "on", "reason", "words", "reversed_at"),
)
register(
    Placement,
    path="onward__person",
    erase=blanked("compensation"),
    export=told(
        "started_on",
        "trial_until_on",
        "hours",
        "wished_hours",
        "compensation",
        "agreement_on",
        "ended_on",
        "end_reason",
    ),
)
register(
    PlacementMoment,
    path="placement__onward__person",
    erase=blanked("words"),
    export=told(
        "kind", "on", "outcome", "hours", "wished_hours", "trial_until_on", "words"
    ),
)
register(
    SchemeUse,
    erase=deleted,
    export=told("scheme", "knew", "uses", "wants", "applied", "on"),
)
register(
    Professional,
    erase=deleted,
    export=told("kind", "name", "telephone", "noted_at", "ended_on"),
)

also_due(trials)
also_handed(_("At partners"), told_to_the_successor)
