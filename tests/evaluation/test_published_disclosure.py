"""The public view of the whole published report.

The source printed it without disclosure control: seventeen cells of one person, and
more that follow. Here all tables and claims are protected together and attacked.
"""

from functools import cache

import polars as pl
import pytest

from tests.evaluation.published import published_frame, report
from trede.evaluation.disclosure import Released, audit, protect
from trede.evaluation.editions import Earlier, Flow
from trede.evaluation.results import Claim, Table


@cache
def released() -> Released:
    return protect(*report())


def cells(tables: tuple[Table, ...]) -> dict[tuple[str, ...], dict[str, float | None]]:
    return {
        (t.id, row, c.group, c.item or "", c.measure or ""): dict(c.values)
        for t in tables
        for row, c in t.cells()
    }


def test_no_count_under_five_is_printed_nor_its_percentage() -> None:
    own = cells(report()[0])
    public = cells(released().tables)
    small = 0
    for place, values in own.items():
        base = {"participants": 53, "dropouts": 9}.get(place[2])
        if base is None or "percent" not in values:
            continue
        n = round((values["percent"] or 0) * base / 100)
        if 0 < n < 5:
            small += 1
            assert public[place]["percent"] is None, place
            assert public[place].get("n") is None, place
    assert small > 90


def test_no_claim_about_fewer_than_five_people_is_printed() -> None:
    claims: dict[str, Claim] = {claim.code: claim for claim in released().claims}
    assert claims["isolated"].n is None
    assert claims["youngest"].n is None
    assert claims["discriminated_any"].n == 25
    assert claims["finds_odd_jobs"].n == 5


def test_the_attacker_who_knows_everything_printed_finds_no_small_count() -> None:
    ranges = audit(released())
    assert len(ranges) > 100
    for found in ranges:
        assert found.holds, found
        assert found.low == 0, found
        assert found.high is None or found.high >= 5, found


@pytest.mark.parametrize(
    ("table", "least"),
    [
        ("sex", 2),
        ("contact", 9),
        ("views_on_benefit", 14),
        ("capability_find_work", 9),
        ("trust", 3),
        ("life", 2),
        ("capability_value", 6),
    ],
)
def test_what_can_be_told_is_told(table: str, least: int) -> None:
    """A public report of empty cells would protect people from being heard."""
    found = next(t for t in released().tables if t.id == table)
    whole = [
        c for _, c in found.cells() if c.group == "participants" and not c.suppressed
    ]
    assert len(whole) >= least


def test_the_reference_group_stays_as_published() -> None:
    own, public = cells(report()[0]), cells(released().tables)
    reference = {k: v for k, v in own.items() if k[2] == "reference"}
    assert len(reference) == 75
    assert all(public[place] == values for place, values in reference.items())


def test_every_withheld_figure_has_its_reason_in_the_list() -> None:
    withheld = sum(
        value is None
        for values in cells(released().tables).values()
        for value in values.values()
    )
    keys = {"count": 2}
    listed = 0
    percent_only = {"percentages", "percent_yes", "hours"}
    forms = {t.id: t.form for t in report()[0]}
    for decision in released().decisions:
        if decision.table == "claims":
            continue
        whole = decision.kind == "count" and forms[decision.table] not in percent_only
        split = "/" in decision.row
        listed += keys["count"] if whole and not split else 1
    assert withheld == listed


def test_after_one_withdrawal_the_new_edition_betrays_nobody() -> None:
    """53 became 52, and the attacker has both editions."""
    rows = published_frame()
    gone = rows.filter(pl.col("group") == "participants")["person"][20]
    past = [Earlier(released().edition, (Flow("T0", "participants", None, 1),))]
    second = protect(*report(rows.filter(pl.col("person") != gone)), earlier=past)
    ranges = audit(second, past)
    changes = [r for r in ranges if r.name.startswith("change")]
    assert len(changes) > 300
    assert all(r.holds for r in ranges)
    # Nobody can be sure of a single answer of the person who withdrew.
    assert all(r.low == 0 for r in changes)
    printed = [c for t in second.tables for _, c in t.cells() if not c.suppressed]
    assert len([c for c in printed if c.group == "participants"]) > 40
