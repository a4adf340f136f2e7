"""Attempts and outcomes in words, for the lines of the waiting list."""

from django import template

from trede.contact.models import Outcome
from trede.inflow.attempt_words import what_next
from trede.inflow.protocol import Attempt

register = template.Library()


@register.filter
def in_words(attempt: Attempt) -> str:
    return what_next(attempt)


@register.filter
def outcome_word(code: str) -> str:
    return str(Outcome(code).label)
