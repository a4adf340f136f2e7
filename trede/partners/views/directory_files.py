"""The directory, and what of it is used, as files to take along."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from django.db.models import Prefetch
from django.http import HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.doors import StaffRequest
from trede.accounts.list_file import (
    NARROW,
    OF_THE_TEAM,
    WIDE,
    Cell,
    ListFile,
    as_file,
    chosen,
)
from trede.accounts.visibility import seen
from trede.partners import finding, usage
from trede.partners.choices import Known
from trede.partners.directory import rooms_on
from trede.partners.models import ActivityPlace, ContactPerson, Organisation
from trede.partners.sheet_reading import FIELDS
from trede.partners.views.directory import known_of
from trede.trajectories.views.acting import today


def partners_file(request: StaffRequest) -> HttpResponseBase:
    """In the columns of a list that is read in: what one team keeps another can take
    over. What a coach remarked for themselves is not in it."""
    ask, on, known = finding.asked(request.GET), today(request), known_of(request)
    contacts = Prefetch("contacts", ContactPerson.objects.in_use())
    rows = seen(request, Organisation.objects.prefetch_related(contacts))
    found = finding.Directory(rows, ask, on, known)
    rooms = rooms_on(request.user.municipality, on)
    columns = {str(head): WIDE for head in FIELDS.values()}
    columns |= {_("Confirmed on"): NARROW, _("Out of use since"): NARROW}
    filters = {
        _("What does somebody want?"): [{"label": ask.wish, "current": ask.wish}],
        _("State"): found.states(),
        _("Kind of partner"): found.kinds(),
        _("Quarter"): found.quarters(),
        _("Language"): found.languages(),
    }
    cells = (
        row for one in found.lines() for row in _rows(one, found.spoken, known, rooms)
    )
    title = pgettext("menu", "Partners")
    return as_file(
        request, ListFile("partners", title, columns, cells, chosen(filters))
    )


def _rows(
    found: finding.Found,
    spoken: Mapping[str, str],
    known: Known,
    rooms: Mapping[int, int | None],
) -> Iterator[list[Cell]]:
    """A row for each thing one can do there, and for each contact person."""
    one = found.organisation
    about, checked = _about(one, spoken, known), (one.confirmed_on, one.out_of_use_on)
    both = [*zip_longest(one.contacts.all(), found.places)] or [(None, None)]
    for contact, place in both:
        of_place = _of_place(place, known, rooms)
        yield [*about, *_of_contact(contact), *of_place, *checked]


def _about(one: Organisation, spoken: Mapping[str, str], known: Known) -> list[Cell]:
    return [
        one.name,
        capfirst(one.get_kind_display()),
        one.about,
        known.quarters.get(one.quarter, one.quarter),
        one.address,
        one.access,
        ", ".join(str(spoken.get(code, code)) for code in one.languages),
        one.telephone,
        one.email,
        one.website,
    ]


def _of_contact(one: ContactPerson | None) -> list[Cell]:
    return [one.name, one.telephone, one.email] if one else [None, None, None]


def _of_place(
    one: ActivityPlace | None, known: Known, rooms: Mapping[int, int | None]
) -> list[Cell]:
    if one is None:
        return [None] * 5
    kind = known.type_label(one.activity_type)
    return [one.what, kind, one.for_whom, one.days, rooms.get(one.pk)]


def use_file(request: StaffRequest) -> HttpResponseBase:
    town, on = request.user.municipality, today(request)
    rows = usage.provisions(town, known_of(request), on)
    columns = {
        _("Kind of provision"): WIDE,
        _("Places"): NARROW,
        _("Room for"): NARROW,
        _("Places of which the room is not known"): NARROW,
        pgettext("use", "Referred"): NARROW,
        pgettext("use", "Began"): NARROW,
        pgettext("use", "There now"): NARROW,
        pgettext("use", "Did not start"): NARROW,
    }
    title, cells = _("Offer and use"), map(_cells, rows)
    listed = ListFile("aanbod-en-gebruik", title, columns, cells, care=OF_THE_TEAM)
    return as_file(request, listed)


def _cells(one: usage.Provision) -> list[Cell]:
    return [
        one.label,
        one.places,
        one.room,
        one.unknown,
        one.referred,
        one.began,
        one.there,
        one.not_started,
    ]
