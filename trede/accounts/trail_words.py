"""The audit trail in plain words: who, what, whose, why.

The trail keeps short English phrases, so that a line means the same for ever; here
stands how each is said on the screen. A test compares this list with every `record`
in the code.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.accounts.models import Role, Staff
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
}
# In the order of the journey; each app adds what its rules record.
ACTIONS: dict[str, Promise] = {
    # accounts
    "signed in": gettext_lazy("signed in"),
    "signed out": gettext_lazy("signed out"),
    "failed to sign in": gettext_lazy("failed to sign in"),
    "came with an expired password": gettext_lazy("came with an expired password"),
    "chose a new password": gettext_lazy("chose a new password"),
    "chose a language": gettext_lazy("chose a language"),
    "set up a second step": gettext_lazy("set up a second step"),
    "renewed recovery codes": gettext_lazy("renewed recovery codes"),
    "took a second step away": gettext_lazy("took a second step away"),
    "employed": gettext_lazy("employed"),
    "changed a colleague's details": gettext_lazy("changed a colleague's details"),
    "gave a role": gettext_lazy("gave a role"),
    "ended a role": gettext_lazy("ended a role"),
    "ended employment": gettext_lazy("ended employment"),
    "reset a password": gettext_lazy("reset a password"),
    "added a team": gettext_lazy("added a team"),
    "renamed a team": gettext_lazy("renamed a team"),
    "changed the house rules": gettext_lazy("changed the house rules"),
    "searched the audit trail": gettext_lazy("searched the audit trail"),
    "took the audit trail along": gettext_lazy("took the audit trail along as a file"),
    # pilots
    # people
    # contact
    # questionnaires
    # inflow
    # trajectories
    # studies
    # reports
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
    """The act; a page is named by its address, which is in plain Dutch."""
    if line.action in ACTIONS:
        return str(ACTIONS[line.action])
    if line.action.startswith(_LOOKED):
        name = line.action.removeprefix(_LOOKED)
        return _("looked at %s") % addresses.get(name, name)
    if line.action.startswith(_REFUSED):
        name = line.action.removeprefix(_REFUSED)
        return _("was refused at %s") % addresses.get(name, name)
    return line.action


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
    """Names of fields, or the role that was given or ended."""
    roles = dict(Role.choices)
    return ", ".join(str(roles.get(name, name)) for name in line.fields)
