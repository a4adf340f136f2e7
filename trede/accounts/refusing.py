"""When a rule says no: a sentence in plain words that says what to do.

A form shows it above its fields with everything that was typed still there
(`attempt`); a single button shows it on the page one came from (`DoorMiddleware`).
"""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm
from django.utils.functional import Promise

T = TypeVar("T")


class Refused(Exception):
    """What was asked cannot be done now; nothing was changed."""

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


def attempt(form: BaseForm, rule: Callable[[], T]) -> T | None:
    """The result of the rule, or None with the refusal added to the form."""
    try:
        return rule()
    except Refused as refusal:
        known = refusal.field if refusal.field in form.fields else None
        form.add_error(known, str(refusal.message))
        return None
