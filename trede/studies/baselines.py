"""Which sitting counts for a wave: the baseline of each person, and later measurements.

Somebody may have two intakes, because an intake was renewed. An amendment of the design
states per person which of them is the baseline; without a statement the first counts.
Only people with a standing consent to the study are looked at.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter

from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone

from trede.people.models import ConsentDecision, Purpose
from trede.pilots.models import Pilot
from trede.questionnaires.models import Answer, Sitting
from trede.studies.among import People, among
from trede.studies.models import Baseline
from trede.together import Part, Parts, ask
from trede.trajectories.models import Leaving

# The wave that a baseline is about; the repeated intake is a wave of its own.
INTAKE = "T0"


class Answered(Parts):
    """The rows by which is told who agreed and what was answered, to be asked for in
    one question."""

    def __init__(self, pilot: Pilot, until: date, people: People = None) -> None:
        self.until = until
        core = Answer.objects.filter(sitting=OuterRef("pk"), part=Answer.Part.CORE)
        over = Q(state=Sitting.State.FINISHED) | Q(
            Exists(core), state=Sitting.State.ENDED
        )
        stopped = Leaving.objects.standing().filter(
            person=OuterRef("person"),
            pilot=pilot,
            kind=Leaving.Kind.STUDY,
            at__gte=OuterRef("prepared_at"),
        )
        sittings = among(Sitting.objects.filter(pilot=pilot), people)
        counts = ExpressionWrapper(
            over & ~Q(Exists(stopped)), output_field=BooleanField()
        )
        stated = Baseline.objects.filter(
            amendment__study__pilot=pilot, amendment__on__lte=until
        )
        decisions = _decisions(pilot, people).annotate(erased_at=F("person__erased_at"))
        self.decisions = Part(decisions, told={"erased_at": DateTimeField()})
        self.sittings = Part(
            sittings.annotate(counts=counts).order_by(), told={"counts": BooleanField()}
        )
        self.stated = Part(among(stated, people).order_by())

    @cached_property
    def decided(self) -> frozenset[int]:
        """Who was asked whether they take part in the study, whatever they said."""
        return frozenset(one.person_id for one in self.decisions.found)

    @cached_property
    def agreed(self) -> frozenset[int]:
        in_order = sorted(self.decisions.found, key=attrgetter("at", "pk"))
        return _agreed(
            (one.person_id, one.given)
            for one in in_order
            if getattr(one, "erased_at", None) is None
        )

    def over(self) -> list[Sitting]:
        """Sittings that were over by the end of the day, of people with consent. One
        that was ended early counts when a question of the core was reached. Whoever
        stopped with the study and agreed again later begins anew: it was promised that
        the answers of before leave every dataset."""
        return [
            one
            for one in sorted(self.sittings.found, key=attrgetter("prepared_at", "pk"))
            if getattr(one, "counts", False)
            and one.person_id in self.agreed
            and one.finished_at
            and timezone.localdate(one.finished_at) <= self.until
        ]

    def that_count(self) -> Mapping[tuple[int, str], Sitting]:
        """Person and wave to the sitting that counts."""
        in_order = sorted(self.stated.found, key=attrgetter("stated_at", "pk"))
        stated = {row.person_id: row.sitting_id for row in in_order}
        chosen: dict[tuple[int, str], Sitting] = {}
        for sitting in self.over():
            place = (sitting.person_id, sitting.wave)
            if sitting.wave == INTAKE and stated.get(sitting.person_id) == sitting.pk:
                chosen[place] = sitting
            chosen.setdefault(place, sitting)
        return chosen


def consenting(pilot: Pilot) -> frozenset[int]:
    """Who agreed to the study and did not withdraw. Of whoever was erased the decision
    stays and the answers are gone."""
    decisions = _decisions(pilot).filter(person__erased_at=None)
    in_order = decisions.order_by("at", "pk")
    return _agreed(in_order.values_list("person_id", "given"))


def answered_sittings(pilot: Pilot, until: date) -> list[Sitting]:
    """Of everybody of the pilot."""
    answered = Answered(pilot, until)
    ask(*answered.parts)
    return answered.over()


def sittings_that_count(pilot: Pilot, until: date) -> Mapping[tuple[int, str], Sitting]:
    """Of everybody of the pilot."""
    answered = Answered(pilot, until)
    ask(*answered.parts)
    return answered.that_count()


def _decisions(pilot: Pilot, people: People = None) -> "QuerySet[ConsentDecision]":
    rows = ConsentDecision.objects.filter(pilot=pilot, purpose=Purpose.STUDY)
    return among(rows, people).order_by()


def _agreed(in_order: Iterable[tuple[int, bool]]) -> frozenset[int]:
    """The newest decision counts."""
    newest = dict(in_order)
    return frozenset(person_id for person_id, given in newest.items() if given)
