"""How many of those who were due answered, a wave: counts that add up, and shares.

Everybody who had an intake is in exactly one place (`scheduling.py`). Due are those for
whom the wave came while they took part; who said no to the study counts among them, so
that a high share is never the work of those who were left out. Begun and not finished
is told apart from not reached. What was simulated is counted apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from trede.contact.models import Message
from trede.evaluation.proportions import Share, share
from trede.pilots.models import Pilot
from trede.pilots.study_rules import Wave
from trede.studies.reminding import REMINDER
from trede.studies.scheduling import CAME, State, Turn, schedule
from trede.studies.small_numbers import guarded

# For whom the wave came, those who did not want to take part included.
ASKED = CAME | {State.STOPPED}
ANSWERED = (State.DONE, State.BROKEN_OFF)


@dataclass(frozen=True)
class Response:
    """One wave. `by_mode` and `by_language` divide those who answered; None where a
    number is too small to be told."""

    wave: Wave
    counts: Mapping[State, int]
    reminded: int
    early: int
    late: int
    simulated: int
    by_mode: Mapping[str, int | None]
    by_language: Mapping[str, int | None]

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def not_for(self) -> int:
        """Whom the design does not ask, or who would have come after it was retired."""
        return self.counts[State.NOT_FOR] + self.counts[State.RETIRED]

    @property
    def asked(self) -> int:
        return sum(self.counts[state] for state in ASKED)

    @property
    def answered(self) -> int:
        return sum(self.counts[state] for state in ANSWERED)

    @property
    def finished(self) -> Share | None:
        return share(self.counts[State.DONE], self.asked)

    @property
    def of_the_willing(self) -> Share | None:
        """Without those who said no to the study."""
        return share(self.counts[State.DONE], self.asked - self.counts[State.STOPPED])


def responses(pilot: Pilot, on: date) -> list[Response]:
    """Of every wave that anybody was to be asked."""
    turns = schedule(pilot, on)
    waves = {one.wave.code: one.wave for one in turns}
    reminded = _reminded(pilot, on)
    found = [
        _response(wave, [one for one in turns if one.wave == wave], reminded)
        for wave in waves.values()
    ]
    ordered = sorted(found, key=lambda one: one.wave.code)
    return [one for one in ordered if one.people > one.not_for]


def _response(
    wave: Wave, turns: list[Turn], reminded: frozenset[tuple[int, str]]
) -> Response:
    counted = Counter(one.state for one in turns)
    answered = [one for one in turns if one.state in ANSWERED and one.sitting]
    timing = Counter(one.timing for one in turns)
    came = (one for one in turns if one.state in ASKED)
    return Response(
        wave,
        {state: counted[state] for state in State},
        sum((one.person_id, wave.code) in reminded for one in came),
        timing["early"],
        timing["late"],
        sum(bool(one.sitting and one.sitting.simulated) for one in answered),
        guarded(Counter(one.sitting.mode for one in answered if one.sitting)),
        guarded(Counter(one.sitting.language for one in answered if one.sitting)),
    )


def _reminded(pilot: Pilot, on: date) -> frozenset[tuple[int, str]]:
    """Person and wave of every reminder that went."""
    rows: Iterable[tuple[int, str]] = Message.objects.filter(
        pilot=pilot,
        kind=REMINDER,
        state=Message.State.SENT,
        state_since__date__lte=on,
    ).values_list("person_id", "about")
    return frozenset((person_id, about.partition(":")[0]) for person_id, about in rows)
