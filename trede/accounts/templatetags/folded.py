"""What is folded away on a telephone: how much of it is chosen."""

from django import template

register = template.Library()


@register.filter
def chosen_in(chips: str) -> int:
    """Counted in what is drawn, so that the button says what unfolds under it."""
    return chips.count('aria-current="true"')
