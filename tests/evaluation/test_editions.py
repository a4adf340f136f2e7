"""A new edition beside an old one: the difference is about few people."""

import json

import pytest

from tests.evaluation.people import Answer, dataset, people
from trede.evaluation.disclosure import Released, audit, protect
from trede.evaluation.editions import DisclosureError, Earlier, Flow, read_edition
from trede.evaluation.norms import Norms
from trede.evaluation.results import Table
from trede.evaluation.specification import AnySpec, Counts, Hours, MeanAndShare, each
from trede.evaluation.tables import build_tables

BOTH = ("participants", "dropouts")
SEX = Counts("sex", "b", "T0", BOTH, "sex", each("man", "woman"))
MARITAL = ("married", "divorced", "widowed", "never_married")
STATUS = Counts("marital", "b", "T0", BOTH, "marital_status", each(*MARITAL))
LIFE = MeanAndShare("life", "w", codes=("satisfied",))
WITHDRAWN = (Flow("T0", "participants", None, 1),)


def spread(counts: dict[str, int]) -> list[Answer]:
    return [value for value, n in counts.items() for _ in range(n)]


def tables(spec: AnySpec, code: str, *answers: list[Answer]) -> tuple[Table, ...]:
    groups = [people(g, **{code: a}) for g, a in zip(BOTH, answers, strict=False)]
    return build_tables(dataset(*groups), [spec])


def shown(
    released: Released, group: str = "participants", key: str = "n"
) -> dict[str, object]:
    cells = released.tables[0].cells()
    return {row: cell.value(key) for row, cell in cells if cell.group == group}


def status(**counts: int) -> tuple[Table, ...]:
    return tables(STATUS, "marital_status", spread(counts))


def test_a_withdrawal_does_not_tell_which_category_became_one_smaller() -> None:
    """53 became 52. Printing 27 beside the earlier 28 would say: divorced."""
    before = protect(status(married=9, divorced=28, widowed=6, never_married=10))
    assert before.decisions == ()
    after = protect(
        status(married=9, divorced=27, widowed=6, never_married=10),
        earlier=[Earlier(before.edition, WITHDRAWN)],
    )
    assert shown(after)["divorced"] is None
    assert list(shown(after).values()).count(None) == 2
    assert {d.reason for d in after.decisions} == {"difference_earlier"}


def test_in_a_table_of_two_rows_a_withdrawal_empties_both() -> None:
    before = protect(tables(SEX, "sex", spread({"man": 15, "woman": 38})))
    after = protect(
        tables(SEX, "sex", spread({"man": 15, "woman": 37})),
        earlier=[Earlier(before.edition, WITHDRAWN)],
    )
    assert set(shown(after).values()) == {None}


def test_the_score_of_the_one_who_left_is_not_the_difference_of_two_sums() -> None:
    answers: list[Answer] = [7, 6, 5, 8, 3, 9, 2, 6, 7, 8, 4, 5] * 2
    before = protect(tables(LIFE, "satisfied", answers))
    assert shown(before, key="mean")["satisfied"] is not None
    after = protect(
        tables(LIFE, "satisfied", answers[1:]),
        earlier=[Earlier(before.edition, WITHDRAWN)],
    )
    assert shown(after, key="mean")["satisfied"] is None


def test_the_hours_of_the_one_who_left_are_not_the_difference_of_two_sums() -> None:
    week = Hours("week", "week", activities=("course",))
    hours: list[Answer] = [4, 6, 8, 5, 7, 3, 6, 5, *["not"] * 12]
    columns = {"hours_now_course": hours, "hours_wish_course": hours}

    def made(drop: int) -> tuple[Table, ...]:
        kept = {code: answers[drop:] for code, answers in columns.items()}
        return build_tables(dataset(people("participants", **kept)), [week])

    before = protect(made(0))
    after = protect(made(1), earlier=[Earlier(before.edition, WITHDRAWN)])
    assert shown(before, key="mean")["course"] is not None
    assert shown(after, key="mean")["course"] is None


def test_nothing_changed_nothing_is_withheld() -> None:
    made = status(married=9, divorced=28, widowed=6, never_married=10)
    before = protect(made)
    assert protect(made, earlier=[Earlier(before.edition)]).decisions == ()


def test_the_same_report_twice_withholds_the_same_figures() -> None:
    """Another choice the second time would lay both choices side by side."""
    made = status(married=9, divorced=28, widowed=3, never_married=13)
    before = protect(made)
    again = protect(made, earlier=[Earlier(before.edition)])
    assert shown(again) == shown(before)


def test_another_norm_the_second_time_does_not_undo_the_first() -> None:
    made = status(married=9, divorced=28, widowed=3, never_married=13)
    before = protect(made)
    dear = Norms(weight_share=0.0)
    again = protect(made, earlier=[Earlier(before.edition)], norms=dear)
    assert shown(again)["widowed"] is None
    assert shown(again)["married"] is None


def test_many_newcomers_may_be_shown() -> None:
    before = protect(status(married=9, divorced=28, widowed=6, never_married=10))
    after = protect(
        status(married=19, divorced=38, widowed=16, never_married=20),
        earlier=[Earlier(before.edition, (Flow("T0", None, "participants", 40),))],
    )
    assert after.decisions == ()


def test_a_small_count_that_grew_does_not_betray_what_it_was() -> None:
    """Hidden 4 became 5 with one newcomer: printing 5 says it was 4 or 5."""
    before = protect(status(married=4, divorced=28, widowed=6, never_married=10))
    after = protect(
        status(married=5, divorced=28, widowed=6, never_married=10),
        earlier=[Earlier(before.edition, (Flow("T0", None, "participants", 1),))],
    )
    assert shown(after)["married"] is None
    ranges = audit(
        after, [Earlier(before.edition, (Flow("T0", None, "participants", 1),))]
    )
    earlier = [r for r in ranges if r.name.startswith("earlier participants")]
    assert earlier
    assert all(r.low == 0 and r.high is not None and r.high >= 5 for r in earlier)


def test_somebody_who_moved_between_the_groups_is_not_betrayed_by_either() -> None:
    """One participant dropped out: the same person is missing here and new there."""
    ours = {"married": 9, "divorced": 28, "widowed": 6, "never_married": 10}
    theirs = {"married": 7, "divorced": 8, "widowed": 9, "never_married": 6}
    before = protect(tables(STATUS, "marital_status", spread(ours), spread(theirs)))
    moved = (Flow("T0", "participants", "dropouts", 1),)
    after = protect(
        tables(
            STATUS,
            "marital_status",
            spread({**ours, "divorced": 27}),
            spread({**theirs, "divorced": 9}),
        ),
        earlier=[Earlier(before.edition, moved)],
    )
    assert shown(after)["divorced"] is None
    assert shown(after, "dropouts")["divorced"] is None
    changes = [
        r for r in audit(after, [Earlier(before.edition, moved)]) if "change" in r.name
    ]
    assert len(changes) >= 4
    assert all(r.low == 0 for r in changes)


def test_what_an_earlier_edition_gave_away_cannot_be_taken_back() -> None:
    """Printed 5, now 4 after a withdrawal: the 4 is out of reach of any hiding, and
    the report is still made, with as little as possible."""
    before = protect(status(married=5, divorced=28, widowed=6, never_married=10))
    past = [Earlier(before.edition, WITHDRAWN)]
    after = protect(
        status(married=4, divorced=28, widowed=6, never_married=10), earlier=past
    )
    assert shown(after)["married"] is None
    small = next(r for r in audit(after, past) if r.name.startswith("participants"))
    assert (small.low, small.high) == (4, 5)
    assert small.holds


def test_two_earlier_editions_are_used_together() -> None:
    first = protect(status(married=9, divorced=28, widowed=6, never_married=10))
    second = protect(
        status(married=9, divorced=27, widowed=6, never_married=10),
        earlier=[Earlier(first.edition, WITHDRAWN)],
    )
    past = [
        Earlier(first.edition, (Flow("T0", "participants", None, 2),)),
        Earlier(second.edition, WITHDRAWN),
    ]
    third = protect(
        status(married=9, divorced=27, widowed=6, never_married=9), earlier=past
    )
    assert all(r.holds for r in audit(third, past))
    assert None in shown(third).values()


def test_flows_must_explain_the_difference() -> None:
    made = status(married=9, divorced=28, widowed=6, never_married=10)
    before = protect(made)
    with pytest.raises(DisclosureError, match="T0/participants went from 53 to 53"):
        protect(made, earlier=[Earlier(before.edition, WITHDRAWN)])


def test_editions_that_contradict_each_other_are_refused() -> None:
    before = protect(status(married=9, divorced=28, widowed=6, never_married=10))
    with pytest.raises(DisclosureError, match="contradict"):
        protect(
            status(married=9, divorced=20, widowed=14, never_married=10),
            earlier=[Earlier(before.edition)],
        )


def test_an_edition_survives_being_stored() -> None:
    before = protect(status(married=9, divorced=28, widowed=3, never_married=13))
    stored = json.loads(json.dumps(before.edition.as_dict()))
    assert read_edition(stored) == before.edition
    assert "3" not in {
        str(v) for reveals in stored["printed"].values() for v in reveals
    }
