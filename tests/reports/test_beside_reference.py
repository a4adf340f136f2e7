"""Shares of the participants beside those that were published, with an interval."""

import pytest
from django.utils import translation

from tests.reports.conftest import Published
from trede.pilots.loading import rules_of
from trede.reports.beside_reference import reference_chapters
from trede.reports.figures_json import CellJson, TableJson, tables_in
from trede.reports.laying_out import Grid
from trede.reports.page import lay_out_report
from trede.reports.wording import Wording

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def words(published: Published) -> Wording:
    return Wording(rules_of(published.pilot62.pilot, published.run.until_on))


def a_table(own: CellJson, reference: CellJson, of: int = 80) -> TableJson:
    ours: CellJson = {"group": "participants", "item": None, "measure": None}
    theirs: CellJson = {"group": "reference", "item": None, "measure": None}
    return {
        "id": "financial_situation",
        "title": "",
        "stage": "intake",
        "wave": "T0",
        "form": "counts",
        "base": {"participants": 70, "reference": of},
        "rows": [{"code": "saves", "cells": [ours | own, theirs | reference]}],
    }


def told(table: TableJson, words: Wording) -> list[str]:
    (chapter,) = reference_chapters([table], words)
    (section,) = chapter.sections
    assert section.grid is not None
    return [figure.text for figure in section.grid.lines[0].figures]


def test_the_interval_is_that_of_newcombes_own_example(words: Wording):
    """56 of 70 beside 48 of 80 (1998, page 876): 0.0524 to 0.3339."""
    table = a_table({"n": 56, "percent": 80.0}, {"percent": 60.0})
    assert told(table, words) == ["80.0%", "60.0%", "+20.0 (+5.2 to +33.4)"]


def test_of_what_is_hidden_the_difference_is_hidden(words: Wording):
    table = a_table({"n": None, "percent": None}, {"percent": 60.0})
    assert told(table, words) == ["hidden", "60.0%", "hidden"]


def test_a_share_of_nobody_has_an_interval_too(words: Wording):
    table = a_table({"n": 0, "percent": 0}, {"percent": 60.0})
    own, _published, difference = told(table, words)
    assert own == "0.0%"
    assert difference.startswith("\N{MINUS SIGN}60.0 (")


def test_a_share_that_was_printed_in_whole_points_tells_less(words: Wording):
    own: CellJson = {"n": 56, "percent": 80.0}
    wide, narrow = (
        told(a_table(own, {"percent": printed}, of=339), words)[2]
        for printed in (60, 60.2)
    )
    # 60% are 202 to 205 of 339 people, 60.2% are 204. The ends are those that Wilson's
    # intervals give in R (prop.test without correction, R 4.2.2).
    assert narrow == "+19.8 (+7.9 to +29.2)"
    assert wide == "+20.0 (+7.6 to +29.8)"


def test_a_mean_has_no_line(words: Wording):
    assert (
        list(reference_chapters([a_table({"mean": 6.1}, {"mean": 6.2})], words)) == []
    )


def test_every_published_share_of_the_report_has_its_line(
    published: Published, words: Wording
):
    """71 were printed; general health (five) was asked of the published group only."""
    lines = [line for grid in grids(published, words) for line in grid.lines]
    assert len(lines) == 66
    assert all("(" in line.figures[2].text for line in lines)
    assert len({(line.label, line.figures) for line in lines}) == len(lines)


def test_the_answers_to_one_question_stand_together_in_their_order(
    published: Published, words: Wording
):
    (grid,) = [one for one in grids(published, words) if one.caption.startswith("Self")]
    labels = [line.label for line in grid.lines]
    assert [label.split(", ")[-1] for label in labels[:2]] == [
        "fully disagree",
        "disagree",
    ]
    assert len({label.split(", ")[0] for label in labels[:5]}) == 1
    assert len({label.split(", ")[0] for label in labels}) == 2


def test_it_is_never_called_a_control_group(published: Published, words: Wording):
    (chapter,) = reference_chapters(tables_in(published.run.results), words)
    said = " ".join(line for one in chapter.sections for line in one.method)
    assert "Other people, another year" in said
    assert "control" not in said and "effect" not in said


def grids(published: Published, words: Wording) -> list[Grid]:
    run = published.run
    report = lay_out_report(run, run.results, public=False, words=words)
    (chapter,) = [one for one in report.appendix if one.code == "beside-reference"]
    return [one.grid for one in chapter.sections if one.grid]
