"""A telephone number on a page."""

from django import template

from trede.formats.telephone import telephone_shown

register = template.Library()
register.filter("telephone", telephone_shown)
