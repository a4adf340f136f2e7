"""How a role is presented on its card of the demo's sign-in page."""

from django import template

from trede.accounts.demo_mode import SEES
from trede.accounts.models import Role

register = template.Library()


@register.filter
def role_and_sight(role: Role) -> str:
    """The role with a capital, and what it sees: two short sentences."""
    return f"{str(role.label).capitalize()}. {SEES[role]}"
