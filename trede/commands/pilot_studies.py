"""What the researcher's commands share: the study of a pilot, and who asks for it."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import override

from trede.accounts.acting import SYSTEM
from trede.accounts.refusing import Refused
from trede.commands.entry import CannotDo
from trede.commands.pilot_files import pilot_named
from trede.studies.founding import found_study
from trede.studies.models import Study


def day(text: str) -> date:
    """A date as it is typed on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is not a date: write it as 2021-01-18"
        ) from None


def study_of(code: str, at: datetime) -> Study:
    return found_study(pilot=pilot_named(code), by=SYSTEM, at=at)


@contextmanager
def in_plain_words() -> Iterator[datetime]:
    """The moment; what a rule refuses ends the command with its sentence."""
    with override("nl"):
        try:
            yield timezone.now()
        except Refused as refusal:
            raise CannotDo(str(refusal.message)) from refusal
