"""Laws of disclosure control, on small random groups, against enumeration.

Whatever the data: an attacker who lists every possible group never narrows a small
count, nothing is withheld for nothing, and the answer depends on neither the order of
the people nor that of the tables.
"""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.attackers import (
    Distribution,
    Spread,
    fits_counts,
    fits_scores,
    possible,
    sensitive,
    spreads,
)
from tests.evaluation.people import dataset, people
from trede.evaluation.disclosure import Released, audit, protect
from trede.evaluation.editions import Earlier, Flow
from trede.evaluation.joining import Join
from trede.evaluation.results import Table
from trede.evaluation.specification import (
    AnySpec,
    Counts,
    MeanAndShare,
    Means,
    Percentages,
    each,
    scale,
)
from trede.evaluation.tables import build_tables

MARITAL = ("married", "divorced", "widowed", "never_married")
BOTH = ("participants", "dropouts")
LAWS = settings(max_examples=20, deadline=None)


def answers(
    values: tuple[str, ...], low: int = 5, high: int = 11
) -> st.SearchStrategy[list[str]]:
    one = st.sampled_from((*values, "?skipped"))
    return st.lists(one, min_size=low, max_size=high)


def counts_table(
    *answers_per_group: list[str], groups: tuple[str, ...] = BOTH
) -> list[Table]:
    rows = [
        people(group, marital_status=given_answers)
        for group, given_answers in zip(BOTH, answers_per_group, strict=False)
    ]
    spec = Counts(
        "marital", "background", "T0", groups, "marital_status", each(*MARITAL)
    )
    return list(build_tables(dataset(*rows), [spec]))


def printed(released: Released) -> set[tuple[str, str, str | None, str | None]]:
    return {
        (table.id, row, cell.group, cell.measure)
        for table in released.tables
        for row, cell in table.cells()
        if cell.suppressed is None
    }


def worlds_of_counts(
    table: Table, group: str, values: tuple[str, ...], n: int
) -> list[Spread]:
    known = Distribution(values)
    return [
        spread
        for spread in spreads(n, len(values) + 1)
        if fits_counts(table, group, known, (*spread,), None)
    ]


@LAWS
@given(answers(MARITAL), answers(MARITAL))
def test_no_small_count_is_narrowed_by_anything_printed(
    participants: list[str], dropouts: list[str]
) -> None:
    released = protect(counts_table(participants, dropouts))
    for group, told in zip(BOTH, (participants, dropouts), strict=True):
        truth = Counter(told)
        # An optional row that is not shown is unknown to the attacker as well.
        worlds = worlds_of_counts(released.tables[0], group, MARITAL, len(told))
        ranges = dict(zip(MARITAL, possible(worlds), strict=False))
        for value in sensitive({v: truth[v] for v in MARITAL}):
            assert min(ranges[value]) == 0
            assert max(ranges[value]) >= 5
        for row in released.tables[0].rows:
            for cell in row.cells:
                if cell.group == group and cell.suppressed and row.code in ranges:
                    assert len(ranges[row.code]) > 1


@settings(max_examples=12, deadline=None)
@given(answers(MARITAL[:3], high=7), answers(MARITAL[:3], high=7))
def test_the_sum_of_both_groups_does_not_undo_their_protection(
    participants: list[str], dropouts: list[str]
) -> None:
    """A column for everybody is one subtraction away from a hidden cell."""
    table = protect(counts_table(participants, dropouts, groups=(*BOTH, "all"))).tables[
        0
    ]
    both = len(participants) + len(dropouts)
    everybody = set(worlds_of_counts(table, "all", MARITAL, both))
    ours = worlds_of_counts(table, "participants", MARITAL, len(participants))
    theirs = worlds_of_counts(table, "dropouts", MARITAL, len(dropouts))
    for group, told in ((0, participants), (1, dropouts)):
        truth = Counter(told)
        for value in sensitive({v: truth[v] for v in MARITAL}):
            place = MARITAL.index(value)
            seen = _joint(ours, theirs, everybody, group, place)
            assert min(seen) == 0
            assert max(seen) >= 5


def _joint(
    ours: list[Spread],
    theirs: list[Spread],
    everybody: set[Spread],
    group: int,
    place: int,
) -> set[int]:
    """The values of one count in worlds whose sum is a possible whole; stops early."""
    seen: set[int] = set()
    for one in ours:
        for other in theirs:
            value = (one, other)[group][place]
            if value not in seen:
                total = tuple(a + b for a, b in zip(one, other, strict=True))
                if total in everybody:
                    seen.add(value)
    return seen


@LAWS
@given(answers(MARITAL), answers(MARITAL))
def test_nothing_is_withheld_for_nothing(
    participants: list[str], dropouts: list[str]
) -> None:
    """Printing any one figure that was withheld for another's sake gives that away."""
    released = protect(counts_table(participants, dropouts))
    places = (*MARITAL, "unanswered")
    for group, told in zip(BOTH, (participants, dropouts), strict=True):
        truth = Counter("unanswered" if a == "?skipped" else a for a in told)
        worlds = worlds_of_counts(released.tables[0], group, MARITAL, len(told))
        for decision in released.decisions:
            if (decision.group, decision.reason) == (group, "secondary"):
                place = places.index(decision.row)
                known = [w for w in worlds if w[place] == truth[decision.row]]
                assert _harmed(known, truth, places) or max(truth.values()) == len(told)


def _harmed(worlds: list[Spread], truth: Counter[str], places: tuple[str, ...]) -> bool:
    ranges = dict(zip(places, possible(worlds), strict=True))
    small = sensitive({value: truth[value] for value in places})
    return any(min(ranges[v]) > 0 or max(ranges[v]) < 5 for v in small)


SCALE = ("1", "2", "3", "4")


def scores(answers: list[str]) -> list[Table]:
    rows = people("participants", health_mental=answers)
    specs: list[AnySpec] = [
        Percentages(
            "health", "wellbeing", items=("health_mental",), categories=scale(1, 4)
        ),
        MeanAndShare(
            "score",
            "wellbeing",
            codes=("health_mental",),
            low=1,
            high=4,
            shares=("percent_never",),
        ),
    ]
    return list(build_tables(dataset(rows), specs))


@LAWS
@given(answers(SCALE))
def test_a_mean_beside_a_distribution_gives_nothing_back(told: list[str]) -> None:
    """The same answers as percentages, as a mean and as a share: three views, one
    unknown."""
    released = protect(scores(told))
    distribution, score = released.tables
    known = Distribution(SCALE)
    worlds = [
        spread
        for spread in spreads(len(told), len(SCALE) + 1)
        if fits_counts(distribution, "participants", known, spread, "health_mental")
        and fits_scores(score, "participants", "health_mental", known, spread)
    ]
    truth = Counter(told)
    ranges = dict(zip(SCALE, possible(worlds), strict=False))
    for value in sensitive({v: truth[v] for v in SCALE}):
        assert min(ranges[value]) == 0
        assert max(ranges[value]) >= 5


@LAWS
@given(answers(SCALE))
def test_a_mean_alone_never_pins_a_few_answers(told: list[str]) -> None:
    rows = people("participants", value_income_important=told)
    spec = Means(
        "value",
        "wellbeing",
        rows=(("income", {"important": "value_income_important"}),),
        high=4,
    )
    tables = build_tables(dataset(rows), [spec])
    if not tables[0].rows:
        return
    mean = protect(tables).tables[0].rows[0].cells[0].value("mean")
    known = Distribution(SCALE)
    worlds = [
        s
        for s in spreads(len(told), len(SCALE) + 1)
        if mean is None
        or (known.mean(s) is not None and abs((known.mean(s) or 0) - mean) < 1e-9)
    ]
    truth = Counter(told)
    ranges = dict(zip(SCALE, possible(worlds), strict=False))
    for value in sensitive({v: truth[v] for v in SCALE}):
        assert min(ranges[value]) == 0
        assert max(ranges[value]) >= 5


@LAWS
@given(answers(MARITAL, low=7, high=12), st.data())
def test_nobody_learns_the_answer_of_the_one_who_withdrew(
    told: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(told) - 1))
    first = protect(counts_table(told))
    left = told[:gone] + told[gone + 1 :]
    earlier = Earlier(first.edition, (Flow("T0", "participants", None, 1),))
    second = protect(counts_table(left), earlier=[earlier])
    before = worlds_of_counts(first.tables[0], "participants", MARITAL, len(told))
    after = set(worlds_of_counts(second.tables[0], "participants", MARITAL, len(left)))
    candidates = {
        place
        for world in before
        for place in range(len(MARITAL) + 1)
        if world[place] and _without_one(world, place) in after
    }
    if len(set(told)) > 1 and not _was_certain(first.tables[0]):
        assert len(candidates) > 1


def _was_certain(table: Table) -> bool:
    """The first edition itself says where everybody is."""
    return any(cell.value("percent") == 100 for row in table.rows for cell in row.cells)


def _without_one(world: Spread, place: int) -> Spread:
    return tuple(n - (i == place) for i, n in enumerate(world))


@LAWS
@given(answers(MARITAL), answers(MARITAL))
def test_the_order_of_people_and_tables_means_nothing(
    participants: list[str], dropouts: list[str]
) -> None:
    spec = Counts("again", "background", "T0", BOTH, "marital_status", each(*MARITAL))
    rows = people("participants", marital_status=participants) + people(
        "dropouts", marital_status=dropouts
    )
    first = Counts(
        "marital", "background", "T0", BOTH, "marital_status", each(*MARITAL)
    )
    forward = protect(build_tables(dataset(rows), [first, spec]))
    backward = protect(build_tables(dataset(rows[::-1]), [spec, first]))
    assert set(forward.decisions) == set(backward.decisions)
    assert printed(forward) == printed(backward)


@LAWS
@given(answers(MARITAL), answers(MARITAL))
def test_protecting_twice_changes_nothing(
    participants: list[str], dropouts: list[str]
) -> None:
    once = protect(counts_table(participants, dropouts))
    twice = protect(once.tables, once.claims)
    assert twice.tables == once.tables
    assert twice.decisions == ()


@LAWS
@given(answers(MARITAL), answers(MARITAL))
def test_the_audit_sees_what_enumeration_sees(
    participants: list[str], dropouts: list[str]
) -> None:
    released = protect(counts_table(participants, dropouts))
    worlds = worlds_of_counts(
        released.tables[0], "participants", MARITAL, len(participants)
    )
    ranges = dict(zip(MARITAL, possible(worlds), strict=False))
    unanswered = [row for row in released.tables[0].rows if row.code == "unanswered"]
    for found in audit(released):
        group, _, value = found.name.removesuffix(" (small)").split("|")
        if group == "participants" and value in ranges and not unanswered:
            assert (found.low, found.high) == (min(ranges[value]), max(ranges[value]))
            assert found.holds


@LAWS
@given(answers(MARITAL))
def test_joined_rows_protect_what_was_joined(told: list[str]) -> None:
    joins = [Join("marital", ("divorced", "widowed"), "no_longer_married")]
    table = protect(counts_table(told), joins=joins).tables[0]
    worlds = worlds_of_counts(table, "participants", MARITAL, len(told))
    truth = Counter(told)
    ranges = dict(zip(MARITAL, possible(worlds), strict=False))
    for value in sensitive({v: truth[v] for v in MARITAL}):
        assert min(ranges[value]) == 0
        assert max(ranges[value]) >= 5
