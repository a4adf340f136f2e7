"""Two records of one person, and both are a candidate in the same pilot.

Decides whether they can become one. Before an intake they can: the candidacy of the
record that is kept goes on, the referrals and reasons of the other come to it, and the
other candidacy stays with the record that is put aside, where no list or count finds
it. After an intake, a lot or a start it goes on in that record; where both have come
that far, what was said and measured cannot be put together, and they stay two.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.inflow.models import Candidate, Pair, Referral, SelectionReason
from trede.people.merging import Moved, move_rows
from trede.people.models import Person


def cannot_become_one(kept: Person, other: Person) -> str | None:
    for mine, theirs in _both(kept, other):
        if not _has_come_far(theirs):
            continue
        pilot = {"pilot": mine.pilot.name}
        if _has_come_far(mine):
            return (
                _(
                    "Both records had an intake in %(pilot)s. What was said and"
                    " measured there cannot be put together, so the two records stay"
                    " apart. Go on with one of them, and write in a note which."
                )
                % pilot
            )
        return (
            _(
                "In %(pilot)s the other record has had its intake, and this one has"
                " not. Open the other record and put this one aside from there."
            )
            % pilot
        )
    return None


def move_to_kept(kept: Person, other: Person) -> list[Moved]:
    moved: list[Moved] = []
    for mine, theirs in _both(kept, other):
        for model in (Referral, SelectionReason):
            moved += move_rows(model, "candidate", was=theirs.pk, now=mine.pk)
    return moved


def _both(kept: Person, other: Person) -> Iterator[tuple[Candidate, Candidate]]:
    of_other = {one.pilot_id: one for one in Candidate.objects.filter(person=other)}
    rows = Candidate.objects.filter(person=kept, pilot__in=of_other)
    for mine in rows.select_related("pilot").order_by("pk"):
        yield mine, of_other[mine.pilot_id]


def _has_come_far(candidate: Candidate) -> bool:
    return candidate.intakes.exists() or Pair.objects.of(candidate).exists()
