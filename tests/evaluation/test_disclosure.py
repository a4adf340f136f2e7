"""Disclosure control on cases small enough to reason about, one trick at a time."""

import pytest

from tests.evaluation.people import Answer, dataset, people
from trede.evaluation.candidate import small_populations
from trede.evaluation.claims import Share, build_claims
from trede.evaluation.derived import derive
from trede.evaluation.disclosure import Released, audit, protect
from trede.evaluation.editions import DisclosureError
from trede.evaluation.joining import Join
from trede.evaluation.norms import Norms, default_norms, read_norms
from trede.evaluation.results import Claim, Table, as_json
from trede.evaluation.specification import (
    AnySpec,
    Category,
    Counts,
    Hours,
    MeanAndShare,
    Means,
    OfWhich,
    Percentages,
    PercentYes,
    each,
    scale,
)
from trede.evaluation.tables import build_tables

BOTH = ("participants", "dropouts")
MARITAL = ("married", "divorced", "widowed", "never_married")
MARITAL_TABLE = Counts(
    "marital", "background", "T0", BOTH, "marital_status", each(*MARITAL)
)


def spread(counts: dict[str, int]) -> list[Answer]:
    return [value for value, n in counts.items() for _ in range(n)]


def tables(
    spec: AnySpec, *specs: AnySpec, **columns: list[Answer]
) -> tuple[Table, ...]:
    data = derive(dataset(people("participants", **columns)))
    return build_tables(data, (spec, *specs))


def marital(**counts: int) -> tuple[Table, ...]:
    return tables(MARITAL_TABLE, marital_status=spread(counts))


def shown(released: Released, table: int = 0, key: str = "n") -> dict[str, object]:
    return {row: cell.value(key) for row, cell in released.tables[table].cells()}


def reasons(released: Released) -> dict[str, str]:
    return {decision.row: decision.reason for decision in released.decisions}


def test_a_table_without_small_counts_is_printed_whole() -> None:
    released = protect(marital(married=5, divorced=9, widowed=6, never_married=7))
    assert released.decisions == ()
    assert shown(released) == {
        "married": 5,
        "divorced": 9,
        "widowed": 6,
        "never_married": 7,
    }


def test_a_small_count_takes_the_cheapest_neighbour_with_it() -> None:
    released = protect(marital(married=9, divorced=28, widowed=3, never_married=13))
    assert reasons(released) == {"widowed": "small", "married": "secondary"}
    assert shown(released)["divorced"] == 28


def test_small_counts_that_cover_each_other_need_no_neighbour() -> None:
    released = protect(marital(married=3, divorced=20, widowed=3, never_married=13))
    assert reasons(released) == {"married": "small", "widowed": "small"}


def test_small_counts_that_add_up_to_little_do_not_cover_each_other() -> None:
    """1 + 2 = 3 can be worked out, so that neither could be five."""
    released = protect(marital(married=1, divorced=20, widowed=2, never_married=13))
    assert reasons(released)["never_married"] == "secondary"


def test_zero_is_printed() -> None:
    released = protect(marital(married=10, divorced=9, never_married=7))
    assert shown(released)["widowed"] == 0


def test_all_in_one_category_is_withheld() -> None:
    released = protect(marital(divorced=12))
    assert shown(released)["divorced"] is None
    assert reasons(released)["divorced"] == "everybody"


def test_all_in_one_category_may_be_printed_under_another_norm() -> None:
    released = protect(marital(divorced=12), norms=Norms(withhold_everybody=False))
    assert released.decisions == ()


def test_a_percentage_that_implies_a_small_count_is_withheld() -> None:
    spec = PercentYes("schemes", "s", rows=(("pass", {"uses": "scheme_pass_uses"}),))
    released = protect(tables(spec, scheme_pass_uses=["yes"] * 2 + ["no"] * 20))
    assert reasons(released) == {"pass": "small"}


def test_a_percentage_that_leaves_a_small_remainder_is_withheld() -> None:
    spec = PercentYes("schemes", "s", rows=(("pass", {"uses": "scheme_pass_uses"}),))
    released = protect(tables(spec, scheme_pass_uses=["yes"] * 20 + ["no"] * 2))
    assert reasons(released) == {"pass": "complement"}


def test_silence_is_no_secret_but_counts_in_the_sum() -> None:
    """Twenty yes and two silent: nobody is known to have said no."""
    spec = PercentYes("schemes", "s", rows=(("pass", {"uses": "scheme_pass_uses"}),))
    released = protect(tables(spec, scheme_pass_uses=["yes"] * 20 + ["?skipped"] * 2))
    assert released.decisions == ()


def test_zero_percent_yes_leaves_open_who_kept_silent() -> None:
    spec = PercentYes("schemes", "s", rows=(("pass", {"uses": "scheme_pass_uses"}),))
    made = tables(spec, scheme_pass_uses=["no"] * 22)
    assert protect(made).decisions == ()
    assert all(r.high == 22 for r in audit(protect(made)))


def test_a_hundred_percent_yes_is_withheld() -> None:
    spec = PercentYes("schemes", "s", rows=(("pass", {"uses": "scheme_pass_uses"}),))
    released = protect(tables(spec, scheme_pass_uses=["yes"] * 22))
    assert reasons(released) == {"pass": "everybody"}


def test_that_everybody_kept_silent_may_be_told() -> None:
    released = protect(tables(MARITAL_TABLE, marital_status=["?skipped"] * 12))
    assert shown(released)["unanswered"] == 12


def test_a_mean_over_few_answers_is_withheld() -> None:
    spec = MeanAndShare("life", "wellbeing", codes=("satisfied",))
    released = protect(tables(spec, satisfied=[7, 6, 5, 3, *["?skipped"] * 30]))
    assert shown(released, key="mean") == {"satisfied": None}
    kinds = {decision.kind: decision.reason for decision in released.decisions}
    assert kinds["mean"] == "mean_small"


def test_a_mean_at_the_end_of_its_scale_is_withheld() -> None:
    """A mean of 5 on a scale to 5 says what each of them answered."""
    spec = Means(
        "value", "w", rows=(("income", {"important": "value_income_important"}),)
    )
    released = protect(tables(spec, value_income_important=[5] * 20))
    assert reasons(released) == {"income": "everybody"}


def test_a_mean_close_to_the_end_gives_the_exception_away() -> None:
    spec = Means(
        "value", "w", rows=(("income", {"important": "value_income_important"}),)
    )
    released = protect(tables(spec, value_income_important=[5] * 20 + [4]))
    assert reasons(released) == {"income": "complement"}


def test_never_and_a_mean_together_give_the_rest_away() -> None:
    """46 never, sum 61: six once and one fairly often, though neither is printed."""
    spec = MeanAndShare(
        "discrimination",
        "social_ties",
        codes=("discriminated_work",),
        low=1,
        high=3,
        shares=("percent_never",),
    )
    released = protect(tables(spec, discriminated_work=[1] * 46 + [2] * 6 + [3]))
    assert len(released.decisions) == 1


def test_the_same_answers_in_two_tables_are_one_secret() -> None:
    """Bands of five years beside bands of ten: the difference is a small count."""
    fine = (
        Category("28-33", ("30",)),
        Category("34-39", ("35",)),
        Category("40-49", ("45",)),
    )
    coarse = (Category("28-39", ("30", "35")), Category("40-49", ("45",)))
    specs = (
        Counts("fine", "b", code="children_number", categories=_numbers(fine)),
        Counts("coarse", "b", code="children_number", categories=_numbers(coarse)),
    )
    released = protect(
        tables(*specs, children_number=spread({"1": 2, "2": 12, "3": 20}))
    )
    hidden = {(d.table, d.row) for d in released.decisions}
    assert ("fine", "28-33") in hidden
    assert all(r.holds for r in audit(released))
    visible = {
        (t.id, row)
        for t in released.tables
        for row, cell in t.cells()
        if not cell.suppressed
    }
    assert not {("fine", "34-39"), ("coarse", "28-39")} <= visible
    assert not {("fine", "34-39"), ("coarse", "40-49")} <= visible


def _numbers(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    number = {"30": "1", "35": "2", "45": "3"}
    return tuple(
        Category(c.code, tuple(number[v] for v in c.values)) for c in categories
    )


def test_a_claim_in_the_text_does_not_undo_the_table() -> None:
    """4 + 20 agree and a claim says 24 do: hiding only the 4 would be idle."""
    columns: dict[str, list[Answer]] = {
        "find_paid_job": spread({"1": 20, "2": 15, "3": 14, "4": 20, "5": 4})
    }
    data = dataset(people("participants", **columns))
    spec = Percentages("find", "work", items=("find_paid_job",), categories=scale(1, 5))
    claims = build_claims(data)
    released = protect(build_tables(data, [spec]), claims)
    printed = shown(released, key="percent")
    claim = next(c for c in released.claims if c.code == "finds_paid_job")
    assert printed["5"] is None
    assert printed["4"] is None or claim.percent is None
    assert all(r.holds for r in audit(released))


def test_a_small_claim_is_withheld() -> None:
    data = dataset(people("participants", debts=["yes"] * 3 + ["no"] * 20))
    claims = build_claims(
        data, shares=[Share("in_debt", "debts", ("yes",), ("yes", "no"))]
    )
    released = protect((), claims)
    claim = released.claims[0]
    assert (claim.n, claim.percent, claim.suppressed) == (None, None, "withheld")
    assert reasons(released) == {"in_debt": "small"}


def test_isolated_people_are_not_found_through_the_contact_table() -> None:
    """Only three rarely see friends, so at most three can be isolated."""
    columns: dict[str, list[Answer]] = {
        "contact_neighbours": spread({"6": 10, "1": 20}),
        "contact_friends": spread({"6": 3, "1": 27}),
        "contact_family": spread({"6": 8, "1": 22}),
    }
    data = derive(dataset(people("participants", **columns)))
    spec = Percentages("contact", "s", items=tuple(columns), categories=scale(1, 6))
    released = protect(build_tables(data, [spec]), build_claims(data))
    assert next(c for c in released.claims if c.code == "isolated").n is None
    assert all(r.holds for r in audit(released))


def test_who_was_asked_a_follow_up_is_known_from_the_first_question() -> None:
    """11 without help printed and 15 with debts printed would give the 4 with help."""
    spec = Counts(
        "debts",
        "h",
        code="debts",
        categories=each("no", "yes"),
        of_which=(OfWhich("yes", "debt_help", each("no", "yes")),),
    )
    released = protect(
        tables(
            spec,
            debts=spread({"no": 36, "yes": 15}),
            debt_help=["?not_asked"] * 36 + ["no"] * 11 + ["yes"] * 4,
        )
    )
    printed = shown(released)
    assert printed["yes/debt_help_yes"] is None
    assert None in (printed["yes/debt_help_no"], printed["yes"])
    assert None in (printed["yes/debt_help_no"], printed["no"])


def test_hours_of_a_few_people_are_withheld() -> None:
    spec = Hours("week", "week", activities=("course",))
    released = protect(
        tables(
            spec,
            hours_now_course=[4, 6, 8, *["not"] * 20],
            hours_wish_course=[4, 6, 8, 5, 7, 3, *["not"] * 17],
        )
    )
    now, wish = (cell for _, cell in released.tables[0].cells())
    assert now.values == {"percent": None, "mean": None}
    assert wish.value("mean") == 5.5


def test_one_person_who_dominates_a_sum_is_not_shown() -> None:
    spec = Hours("week", "week", activities=("course",))
    hours: list[Answer] = [100, 3, 1, 1, 1, 1, 1, *["not"] * 20]
    wished: list[Answer] = [10, 9, 8, 8, 7, 6, 5, *["not"] * 20]
    released = protect(tables(spec, hours_now_course=hours, hours_wish_course=wished))
    assert [d.reason for d in released.decisions] == ["dominance"]


def test_a_group_under_the_smallest_size_says_nothing_not_even_its_size() -> None:
    data = dataset(
        people("participants", marital_status=spread({"married": 10, "divorced": 12})),
        people("dropouts", marital_status=["married", "divorced", "divorced"]),
    )
    released = protect(build_tables(data, [MARITAL_TABLE]), build_claims(data))
    table = released.tables[0]
    assert table.base == {"participants": 22}
    assert all(c.suppressed for _, c in table.cells() if c.group == "dropouts")
    told = {claim.code: claim.n for claim in released.claims}
    assert told == {"participants": 22, "dropouts": None, "intakes": None}


def test_an_optional_row_with_one_person_disappears() -> None:
    spec = Counts(
        "sex",
        "b",
        code="sex",
        categories=(
            *each("man", "woman"),
            Category("other", ("other",), optional=True),
        ),
    )
    released = protect(tables(spec, sex=spread({"man": 12, "woman": 20, "other": 1})))
    assert [row.code for row in released.tables[0].rows] == ["man", "woman"]
    printed = shown(released)
    assert None in printed.values()


def test_joining_comes_before_withholding() -> None:
    joins = [Join("marital", ("widowed", "divorced"), "no_longer_married")]
    tables = marital(married=9, divorced=28, widowed=3, never_married=13)
    released = protect(tables, joins=joins)
    assert shown(released) == {
        "married": 9,
        "no_longer_married": 31,
        "never_married": 13,
    }
    assert {d.reason for d in released.decisions} == {"joined"}


def test_rows_that_are_large_enough_are_not_joined() -> None:
    joins = [Join("marital", ("widowed", "divorced"), "no_longer_married")]
    tables = marital(married=9, divorced=28, widowed=6, never_married=13)
    assert len(protect(tables, joins=joins).tables[0].rows) == 4


def test_a_join_of_rows_that_do_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="marital has no row single"):
        protect(marital(married=9), joins=[Join("marital", ("single", "married"), "x")])


def test_means_cannot_be_joined() -> None:
    spec = MeanAndShare("life", "w", codes=("satisfied", "meaningful"))
    made = tables(spec, satisfied=[5] * 9, meaningful=[6] * 9)
    with pytest.raises(ValueError, match="do not add up"):
        protect(made, joins=[Join("life", ("satisfied", "meaningful"), "x")])


def test_a_released_report_holds_nothing_that_was_withheld() -> None:
    released = protect(marital(married=9, divorced=28, widowed=3, never_married=13))
    assert not released.tables[0].basis.supports
    assert all(not cell.figures for _, cell in released.tables[0].cells())
    stored = released.edition
    assert all(not support.counts for support in stored.supports)
    assert {key.split("|")[1] for key in stored.printed} == {
        "divorced",
        "never_married",
    }


def test_every_withheld_cell_looks_the_same() -> None:
    """A printed reason "small" would say: between one and four."""
    released = protect(marital(married=9, divorced=28, widowed=3, never_married=13))
    cells = dict(released.tables[0].cells())
    assert cells["married"].suppressed == cells["widowed"].suppressed == "withheld"
    told = as_json(released.tables, released.claims)
    assert '"n": 3' not in str(told)


def test_the_youngest_is_an_extreme_and_stays_inside() -> None:
    released = protect((), [Claim("fact", 529), *_youngest()])
    assert [(c.code, c.n) for c in released.claims] == [
        ("fact", 529),
        ("youngest", None),
    ]


def _youngest() -> list[Claim]:
    from_age = dataset(people("participants", sex=["man"] * 6))
    frame = from_age.frame.with_columns(age=from_age.frame["sex"].replace("man", "28"))
    frame = frame.with_columns(age__missing=frame["sex__missing"])
    made = build_claims(from_age.with_codes(frame, ["age"]))
    return [claim for claim in made if claim.code == "youngest"]


def test_a_small_number_of_people_from_outside_the_dataset_is_withheld() -> None:
    data = dataset(people("participants", sex=["man"] * 6 + ["woman"] * 7))
    claims = build_claims(
        data, facts={"months": 3}, people={"evaluated": 3, "target_list": 529}
    )
    told = {claim.code: claim.n for claim in protect((), claims).claims}
    assert (told["evaluated"], told["target_list"], told["months"]) == (None, 529, 3)


def test_a_stricter_norm_withholds_more() -> None:
    made = marital(married=9, divorced=28, widowed=12, never_married=13)
    strict = Norms(threshold=10, highest=10)
    assert protect(made).decisions == ()
    assert reasons(protect(made, norms=strict))["married"] == "small"


@pytest.mark.parametrize("apart", [(1,), (-4,), (5, 0, -3)])
def test_two_editions_a_few_people_apart_tell_of_those(apart):
    assert Norms().few_apart(apart)


@pytest.mark.parametrize("apart", [(), (0,), (5, -5, 120)])
def test_two_editions_the_same_or_far_apart_tell_of_nobody(apart):
    assert not Norms().few_apart(apart)


def test_the_shipped_norm_is_the_default() -> None:
    assert default_norms() == Norms()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[counts]\nthreshold = 1", "protects nobody"),
        ("[protection]\nhighest = 3", "must reach the threshold"),
        ("[protection]\nlowest = 9", "from 0 or more upward"),
        ("[weights]\nclaim = 0", "must cost something"),
        ("[counts]\ntreshold = 5", "unknown norm counts.treshold"),
    ],
)
def test_a_norm_that_protects_nobody_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_norms(text)


def test_a_report_that_fails_its_audit_is_not_released(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If choosing what to withhold went wrong, the audit still stands in the way."""
    monkeypatch.setattr("trede.evaluation.disclosure._settle", lambda *_: {})
    with pytest.raises(DisclosureError, match=r"could be derived: .*widowed"):
        protect(marital(married=9, divorced=28, widowed=3, never_married=13))


def test_a_group_is_too_small_to_speak_of_below_the_norm_and_not_at_it():
    least = default_norms().smallest_group
    base = {"participants": least, "dropouts": least - 1, "reference": 1}
    table = Table("t", "intake", "T0", "share", base, ())
    assert small_populations([table], default_norms()) == {"T0/dropouts"}
