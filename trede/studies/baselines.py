"""Which sitting counts for a wave: the baseline of each person, and later measurements.

Somebody may have two intakes, because an intake was renewed. An amendment of the design
states per person which of them is the baseline; without a statement the first counts.
Only people with a standing consent to the study are looked at.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from trede.people.models import ConsentDecision, Purpose
from trede.pilots.models import Pilot
from trede.questionnaires.models import Answer, Sitting
from trede.studies.among import People, among
from trede.studies.models import Baseline
from trede.trajectories.models import Leaving

# The wave that a baseline is about; the repeated intake is a wave of its own.
INTAKE = "T0"


def consenting(pilot: Pilot, people: People = None) -> frozenset[int]:
    """Who agreed to the study and did not withdraw: the newest decision counts. Of
    whoever was erased the decision stays and the answers are gone."""
    decisions = ConsentDecision.objects.filter(
        pilot=pilot, purpose=Purpose.STUDY, person__erased_at=None
    )
    decisions = among(decisions, people)
    newest = dict(decisions.order_by("at", "pk").values_list("person_id", "given"))
    return frozenset(person_id for person_id, given in newest.items() if given)


def answered_sittings(
    pilot: Pilot, until: date, people: People = None
) -> list[Sitting]:
    """Sittings that were over by the end of the day, of people with consent. One that
    was ended early counts when a question of the core was reached. Whoever stopped with
    the study and agreed again later begins anew: it was promised that the answers of
    before leave every dataset."""
    core = Answer.objects.filter(sitting=OuterRef("pk"), part=Answer.Part.CORE)
    over = Q(state=Sitting.State.FINISHED) | Q(Exists(core), state=Sitting.State.ENDED)
    stopped = Leaving.objects.standing().filter(
        person=OuterRef("person"),
        pilot=pilot,
        kind=Leaving.Kind.STUDY,
        at__gte=OuterRef("prepared_at"),
    )
    rows = Sitting.objects.filter(
        over, ~Exists(stopped), pilot=pilot, person__in=consenting(pilot, people)
    )
    return [
        sitting
        for sitting in rows.order_by("prepared_at", "pk")
        if sitting.finished_at and timezone.localdate(sitting.finished_at) <= until
    ]


def sittings_that_count(
    pilot: Pilot, until: date, people: People = None
) -> Mapping[tuple[int, str], Sitting]:
    """Person and wave to the sitting that counts."""
    stated = _stated(pilot, until)
    chosen: dict[tuple[int, str], Sitting] = {}
    for sitting in answered_sittings(pilot, until, people):
        place = (sitting.person_id, sitting.wave)
        if sitting.wave == INTAKE and stated.get(sitting.person_id) == sitting.pk:
            chosen[place] = sitting
        chosen.setdefault(place, sitting)
    return chosen


def _stated(pilot: Pilot, until: date) -> dict[int, int]:
    rows: Iterable[Baseline] = Baseline.objects.filter(
        amendment__study__pilot=pilot, amendment__on__lte=until
    ).order_by("stated_at", "pk")
    return {row.person_id: row.sitting_id for row in rows}
