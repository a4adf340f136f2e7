"""Words for places of the pilot file, and keys for buttons that count once."""

from collections.abc import Mapping
from uuid import uuid4

from django import template
from django.utils import timezone

from trede.contact.appointment_day import is_by_telephone
from trede.contact.models import Appointment

register = template.Library()


@register.filter
def place(code: str, labels: Mapping[str, str]) -> str:
    """A place that is not in the pilot file was written in words."""
    return labels.get(code, code)


@register.filter
def by_telephone(appointment: Appointment) -> bool:
    return is_by_telephone(appointment)


@register.filter
def has_come(appointment: Appointment) -> bool:
    today = timezone.localdate()
    return timezone.localdate(appointment.starts_at) <= today


@register.simple_tag
def new_key() -> str:
    return str(uuid4())
