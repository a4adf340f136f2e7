"""The initials of a person, for the round mark beside a name."""

from django import template

from trede.people.naming import initials

register = template.Library()
register.filter("initials", initials)
