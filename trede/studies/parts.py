"""What the study does when somebody stops with it, asks for their data, or is erased.

The key between person and pseudonym goes; what a report said stays, since it names
nobody.
"""

from trede.people.consenting import on_withdrawal
from trede.people.erasing import deleted, register, told
from trede.pilots.sections import register_section
from trede.studies.models import Baseline, Pseudonym
from trede.studies.running import mark_not_repeatable
from trede.studies.tabulating import report_exists

register(Pseudonym, erase=deleted, export=told("code"))
register(Baseline, erase=deleted, export=told("because", "stated_at"))

on_withdrawal(mark_not_repeatable)

register_section("report", report_exists)
