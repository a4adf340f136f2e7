"""What a colleague who takes over needs to know of somebody at partners: where they go,
when the trial period is to be looked back on, and who stands around them."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trede.formats.telephone import telephone_shown
from trede.partners.models import Placement, Professional
from trede.partners.showing import Onward, onwards_of
from trede.people.models import Person
from trede.together import Part
from trede.trajectories.falling_due import Due, Looked
from trede.trajectories.hand_over_document import Line


def trials(people: Iterable[Person], first: date, last: date) -> Looked:
    """Trial periods to look back on; what is late already is due on the first day."""
    known = {one.pk: one for one in people}
    running = Placement.objects.running().filter(
        review_on__lte=last, onward__person__in=known
    )
    rows = Part(running, "onward", "onward__organisation", "onward__place")

    def due() -> Iterator[Due]:
        for one in rows.found:
            on, where = max(first, one.review_on or first), one.onward.where
            words = _("end of the trial period: %(where)s") % {"where": where}
            yield Due(on, known[one.onward.person_id], words)

    return Looked(due, (rows,))


def told_to_the_successor(person: Person) -> Iterator[Line]:
    for onward in onwards_of(person):
        if onward.is_open:
            yield _where(onward), [_last(onward)]
    for one in Professional.objects.around().filter(person=person):
        reached = ", ".join(filter(None, (one.name, telephone_shown(one.telephone))))
        yield f"{capfirst(one.get_kind_display())}: {reached}"


def _where(onward: Onward) -> str:
    day = f"{onward.since:%d-%m-%Y}"
    state = onward.referral.get_state_display()
    since = _("%(state)s, since %(day)s") % {"state": state, "day": day}
    words = f"{onward.referral.where}: {since}"
    placement = onward.placement
    if placement and placement.review_on:
        until = {"day": f"{placement.review_on:%d-%m-%Y}"}
        words += ", " + _("trial period until %(day)s") % until
    return words


def _last(onward: Onward) -> str:
    told = onward.history[-1]
    return f"{told.on:%d-%m-%Y}: {told.title}. {told.words}".strip()
