"""Which counts of people nobody may learn from figures about change.

Small are, by the norm: who gave an answer before or after, among those with both; who
gave an answer before and none after, and the other way round; and that everybody did.

Of what follows from two answers nobody may be certain that it is true of anybody: who
went up, stayed or went down, and of a short scale every transition. That they are not
many may be seen (`presence`, `transition`): a mean change of so little says as much.

The same goes for the answers of a long scale, of which nearly every one is rare. Its
transitions are not guarded one by one: there are 121 of eleven points, and nothing that
is printed speaks of one. What could speak of one is guarded: transitions from end to
end, which one large change gives away, and those that two large answers must have in
common (their numbers together exceed the people).

Nor may anybody be certain of what is true of everybody: that all who could rise or fall
did, and of fewer than twice the threshold with the same answer before, that all gave
the same answer after. (An odds ratio without end says one of these.)

How many gave no answer is not guarded: that somebody kept silent says nothing of them,
and every method must tell how many it lacks.
"""

from collections.abc import Iterator

from trede.evaluation.disclosing.depths import (
    after_is,
    before_is,
    cell,
    down,
    paired,
    same,
    up,
)
from trede.evaluation.disclosing.pairs import Answer, Cut, Joint, Weight
from trede.evaluation.results import Guard, GuardKind

SHORT = 6
WAYS = ("up", "same", "down")


def guards_of(
    joint: Joint, cuts: tuple[Cut, ...], group: str, *, enough: int
) -> tuple[Guard, ...]:
    """The guards of some parts of the people.

    Args:
        group: their name in a report, "" for everybody.
        enough: from so many people a count is no longer small.
    """
    label = f"{joint.moments}|{group or 'everybody'}|{joint.outcome}"
    found: list[Guard] = []
    for name, weight, outside in (*_answers(joint), *_directions()):
        form = joint.form(weight, cuts)
        if form:
            each = name not in WAYS and len(joint.scale) <= SHORT
            kind: GuardKind = "small" if each else "presence"
            found.append(Guard(form, kind, f"{label}|{name}"))
        others = joint.form(outside, cuts) if outside else ()
        # Of nobody everything is true, and that tells nothing.
        if others and joint.total(weight, cuts):
            found.append(Guard(others, "others", f"{label}|{name}"))
    pairs = joint.form(paired(lambda _a, _b: 1), cuts)
    if pairs:
        found.append(Guard(pairs, "group", f"{label}|pairs"))
    found += [
        Guard(form, "others", f"{label}|{name}")
        for name, nobody in _of_everybody(joint, cuts, enough)
        if (form := joint.form(nobody, cuts))
    ]
    found += [
        Guard(joint.form(cell(a, b), cuts), "transition", f"{label}|{a}>{b}")
        for a, b in _transitions(joint, cuts, enough)
    ]
    return tuple(found)


Named = tuple[str, Weight, Weight | None]


def _answers(joint: Joint) -> Iterator[Named]:
    """A name, who is in it, and who with an answer is not."""
    for one in joint.scale:
        yield f"before {one}", before_is(one), _not_before(one)
        yield f"after {one}", after_is(one), _not_after(one)
        yield f"left {one}", _left(one), _left_not(one)
        yield f"came {one}", _came(one), _came_not(one)
        yield f"all before {one}", _any_before(one), None
        yield f"all after {one}", _any_after(one), None


def _directions() -> Iterator[Named]:
    """The same of which way people went."""
    yield "up", up(), paired(lambda a, b: int(b <= a))
    yield "same", same(), paired(lambda a, b: int(b != a))
    yield "down", down(), paired(lambda a, b: int(b >= a))


def _of_everybody(
    joint: Joint, cuts: tuple[Cut, ...], enough: int
) -> Iterator[tuple[str, Weight]]:
    """A name, and who would be the exceptions."""
    low, high = joint.scale[0], joint.scale[-1]
    if joint.total(up(), cuts):
        yield "all who could went up", paired(lambda a, b: int(a < high and b <= a))
    if joint.total(down(), cuts):
        yield "all who could went down", paired(lambda a, b: int(a > low and b >= a))
    for a in joint.scale:
        # Of fewer their number is guarded, and with it what they became.
        if enough <= joint.total(before_is(a), cuts) < 2 * enough:
            for b in joint.scale:
                if joint.total(cell(a, b), cuts):
                    yield f"all {a} to {b}", _elsewhere(a, b)


def _elsewhere(before: int, after: int) -> Weight:
    return paired(lambda a, b: int(a == before and b != after))


def _not_before(one: int) -> Weight:
    return paired(lambda a, _b: int(a != one))


def _not_after(one: int) -> Weight:
    return paired(lambda _a, b: int(b != one))


def _left(one: int) -> Weight:
    def weight(before: Answer, after: Answer) -> int:
        return int(before == one and after is None)

    return weight


def _left_not(one: int) -> Weight:
    def weight(before: Answer, after: Answer) -> int:
        return int(before not in (one, None) and after is None)

    return weight


def _came(one: int) -> Weight:
    def weight(before: Answer, after: Answer) -> int:
        return int(after == one and before is None)

    return weight


def _came_not(one: int) -> Weight:
    def weight(before: Answer, after: Answer) -> int:
        return int(after not in (one, None) and before is None)

    return weight


def _any_before(one: int) -> Weight:
    return lambda before, _after: int(before == one)


def _any_after(one: int) -> Weight:
    return lambda _before, after: int(after == one)


def _transitions(
    joint: Joint, cuts: tuple[Cut, ...], enough: int
) -> Iterator[tuple[int, int]]:
    scale, short = joint.scale, len(joint.scale) <= SHORT
    people = joint.total(paired(lambda _a, _b: 1), cuts)
    before = {a: joint.total(before_is(a), cuts) for a in scale}
    after = {b: joint.total(after_is(b), cuts) for b in scale}
    for a in scale:
        for b in scale:
            ends = abs(b - a) >= len(scale) - 2
            common = before[a] + after[b] > people - enough
            if (short or ends or common) and joint.form(cell(a, b), cuts):
                yield a, b
