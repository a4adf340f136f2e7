"""The audit trail in plain words: who, what, whose, why.

The trail keeps short English phrases, so that a line means the same for ever; here
stands, and in `trail_acts`, how each is said on the screen. A test compares the acts
with every `record` in the code.
"""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.accounts.models import Role, Staff
from trede.accounts.page_names import PAGES
from trede.accounts.trail_acts import ACTIONS
from trede.audit.models import Line

KINDS: dict[str, Promise] = {
    Line.Kind.READ: pgettext_lazy("audit", "looked"),
    Line.Kind.WRITE: pgettext_lazy("audit", "did"),
    Line.Kind.DOOR: pgettext_lazy("audit", "at the door"),
}
PURPOSES: dict[str, Promise] = {
    "signing in": pgettext_lazy("purpose", "signing in"),
    "administration": pgettext_lazy("purpose", "administration"),
    "accountability": pgettext_lazy("purpose", "accountability"),
    "guidance": pgettext_lazy("purpose", "guidance"),
    "management": pgettext_lazy("purpose", "management"),
    "research": pgettext_lazy("purpose", "research"),
    "operation": pgettext_lazy("purpose", "operation"),
    "right of access": pgettext_lazy("purpose", "right of access"),
    "right to erasure": pgettext_lazy("purpose", "right to erasure"),
}
_NAMES: dict[str, str | Promise] = {
    **dict(Role.choices),
    "person": gettext_lazy("person"),
    "staff": gettext_lazy("member of staff"),
    "from_on": pgettext_lazy("period", "From"),
    "until_on": pgettext_lazy("period", "Until"),
    "kind": gettext_lazy("Kind"),
    "action": gettext_lazy("Action"),
}
_LOOKED, _REFUSED = "looked at ", "refused "


def who(line: Line, staff: dict[int, Staff]) -> str:
    kind, _colon, number = line.actor.partition(":")
    if kind == "staff":
        known = staff.get(int(number))
        return known.name if known else _("Member of staff %s") % number
    if kind == "person":
        return _("Person %s, through a link") % number
    return _("Trede itself") if kind == "system" else _("Somebody unknown")


def what(line: Line, addresses: dict[str, str]) -> str:
    """The act; a button that was refused is named by its address, in plain Dutch."""
    if line.action in ACTIONS:
        return str(ACTIONS[line.action])
    if line.action.startswith(_LOOKED):
        name = line.action.removeprefix(_LOOKED)
        return _("looked at %s") % _page(name, addresses)
    if line.action.startswith(_REFUSED):
        name = line.action.removeprefix(_REFUSED)
        return _("was refused at %s") % _page(name, addresses)
    return line.action


def _page(name: str, addresses: dict[str, str]) -> str:
    return str(PAGES.get(name) or addresses.get(name, name))


def whose(line: Line, staff: dict[int, Staff]) -> str:
    """The persons by number; for an act on a colleague, their name."""
    persons = sorted(mention.person_id for mention in line.mentions.all())
    if persons:
        shown = ", ".join(map(str, persons[:10]))
        return _("%s and others") % shown if len(persons) > 10 else shown
    if line.object_type == Staff._meta.label_lower and line.object_id.isdecimal():
        colleague = staff.get(int(line.object_id))
        return colleague.name if colleague else line.object_id
    return ""


def why(line: Line) -> str:
    return str(PURPOSES.get(line.purpose, line.purpose))


def details(line: Line) -> str:
    """Which fields, or which role, in words where there are words for them."""
    return ", ".join(_field(line.object_type, name) for name in line.fields)


def _field(object_type: str, name: str) -> str:
    if name in _NAMES:
        return str(_NAMES[name])
    try:
        field = apps.get_model(object_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name  # a part of a file, a code of the pilot: it has no other word
    return str(getattr(field, "verbose_name", name))
