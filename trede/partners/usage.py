"""Offer against use: of each kind of provision how much there is, and how much of it
people are referred to.

Counts of the own team for its coordinator, without a name: who sees that all use goes
to two kinds can ask whether the rest is known.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from trede.accounts.models import Municipality
from trede.partners.choices import Known
from trede.partners.models import ActivityPlace, Capacity, OnwardReferral
from trede.partners.referring_onward import State

BEGAN = frozenset((State.STARTED, State.ENDED))


@dataclass(frozen=True)
class Provision:
    """`room`: how many people fit, where it is known; of `unknown` places it is not."""

    code: str
    label: str
    places: int
    room: int
    unknown: int
    referred: int
    began: int
    there: int  # people who are there now
    not_started: int


def provisions(
    municipality: Municipality, known: Known, on: date
) -> Iterator[Provision]:
    """In the order of the pilot file; then what has no kind, or one that is gone."""
    places = [*_places(municipality, on)]
    referrals = [*_referrals(municipality)]
    codes = [code for code, one in known.types.items() if one.exists(on)]
    met = {code for code, _room in places} | {code for code, _state in referrals}
    for code in [*codes, *sorted(met - set(codes))]:
        rooms = [room for other, room in places if other == code]
        states = Counter(state for other, state in referrals if other == code)
        yield Provision(
            code,
            known.type_label(code) or _("Kind not known"),
            len(rooms),
            sum(room or 0 for room in rooms),
            rooms.count(None),
            states.total(),
            sum(states[state] for state in BEGAN),
            states[State.STARTED],
            states[State.NOT_STARTED],
        )


def _places(municipality: Municipality, on: date) -> Iterable[tuple[str, int | None]]:
    newest = Capacity.objects.filter(place=OuterRef("pk"), from_on__lte=on)
    number = newest.order_by("-from_on", "-pk").values("number")[:1]
    rows = ActivityPlace.objects.in_use().filter(
        organisation__municipality=municipality, organisation__out_of_use_on=None
    )
    return rows.annotate(room=Subquery(number)).values_list("activity_type", "room")


def _referrals(municipality: Municipality) -> Iterator[tuple[str, str]]:
    rows = OnwardReferral.objects.standing().filter(
        organisation__municipality=municipality
    )
    for kind, state in rows.values_list("place__activity_type", "state"):
        yield kind or "", state
