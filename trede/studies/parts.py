"""What the study does when somebody stops with it, asks for their data, or is erased.

The key between person and pseudonym goes; what a report said stays, since it names
nobody.
"""

from datetime import datetime
from typing import cast

from django.db.models import Model, QuerySet

from trede.contact.letter_texts import Wording, register_wording
from trede.contact.models import Letter as Made
from trede.contact.sending import register_kind
from trede.people.consenting import on_withdrawal
from trede.people.erasing import deleted, register, told
from trede.pilots.sections import register_section
from trede.studies import reminder_words, reminding
from trede.studies.falling_due import measurements
from trede.studies.models import Baseline, Pseudonym
from trede.studies.outcomes_asked import final_report_exists
from trede.studies.running import mark_not_repeatable, mark_runs_with
from trede.studies.tabulating import report_exists
from trede.trajectories.falling_due import also_due


def forgotten(rows: QuerySet[Model], at: datetime) -> None:
    """The answers go as well, so that a run they were in cannot be made again."""
    for key in cast("QuerySet[Pseudonym]", rows):
        mark_runs_with(key, at)
    rows.delete()


register(Pseudonym, erase=forgotten, export=told("code"))
register(Baseline, erase=deleted, export=told("because", "stated_at"))

on_withdrawal(mark_not_repeatable)
also_due(measurements)

register_section("report", report_exists)
register_section("final_report", final_report_exists)
register_kind(reminding.REMINDER, reminding.KIND)
register_wording(
    Wording(
        Made.Kind.REMINDER.label,
        reminder_words.Texts,
        reminder_words.TEXT,
        reminder_words.specimen,
        numbers=reminder_words.NUMBERS,
    )
)
