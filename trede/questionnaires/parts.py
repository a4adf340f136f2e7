"""How the questionnaires' part of a person is handed out and goes.

That somebody sat for a questionnaire stays countable; what was answered goes. Handing
out one's answers is the person's own right, and never goes by way of the coach.
"""

from trede.people.consenting import on_withdrawal
from trede.people.erasing import blanked, deleted, register, told
from trede.pilots.sections import register_section, register_section_for_town
from trede.questionnaires.known_to_pilots import (
    questionnaires_are_of_town,
    questionnaires_exist,
)
from trede.questionnaires.models import (
    Answer,
    Handover,
    OwnDevice,
    Sitting,
    SittingMoment,
    SittingTransition,
)
from trede.questionnaires.withdrawal import end_open_sittings

register(
    Sitting,
    erase=blanked("location", "current"),
    export=told(
        "wave",
        "prepared_at",
        "answered_on",
        "finished_at",
        "state",
        "mode",
        "language",
        "helped_by",
    ),
)
register(
    SittingTransition,
    path="sitting__person",
    erase=blanked("question"),
    export=told("at", "state"),
)
register(
    OwnDevice,
    path="sitting__person",
    erase=deleted,
    export=told("made_at", "opened_at", "ended_at"),
)
register(
    Handover,
    path="sitting__person",
    erase=deleted,
    export=told("began_at", "ended_at"),
)
register(
    SittingMoment,
    path="sitting__person",
    erase=deleted,
    export=told("question", "kind", "at"),
)
register(
    Answer,
    path="sitting__person",
    erase=deleted,
    export=told("question", "value", "words", "missing", "at"),
)

on_withdrawal(end_open_sittings)

register_section("waves", questionnaires_exist)
register_section_for_town("waves", questionnaires_are_of_town)
