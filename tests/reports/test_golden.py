"""The published interim report comes out, from sittings in the database."""

import json

import pytest

from tests.reports.conftest import Published
from tests.reports.golden import (
    TRUE,
    compare,
    compare_claims,
    printed_figures,
    shape_mistakes,
)
from trede.pilots.loading import rules_of
from trede.reports.figures_json import figures_of
from trede.reports.wording import Wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(published: Published):
    rules = rules_of(published.pilot62.pilot, published.run.until_on)
    run = published.run
    return figures_of(run, run.results, view="researcher", wording=Wording(rules))


def test_tables_rows_and_bases_stand_as_published(report):
    assert shape_mistakes(report) == []


def test_every_published_figure_comes_out(report):
    compared = compare(report)
    assert [each for each in compared if not each.same] == []
    assert len(compared) == printed_figures()


def test_every_claim_comes_out(report):
    # The list of 529 is the demo's; here 102 people stand on it.
    compared = compare_claims(report, leave_out=frozenset({"target_list"}))
    assert [each for each in compared if not each.same] == []


def test_each_figure_that_differs_from_print_has_its_reason():
    assert all(why for _true, why in TRUE.values())


def test_nothing_is_rounded_and_nothing_is_invented(report):
    tables = {table["id"]: table for table in report["tables"]}
    cell = tables["sex"]["rows"][0]["cells"][0]
    assert cell["percent"] == 100 * 15 / 53
    assert set(cell) == {"group", "item", "measure", "n", "percent", "suppressed"}


def test_the_json_has_the_keys_of_the_contract(report):
    assert {"pilot", "edition", "view", "run", "tables", "claims"} <= set(report)
    assert set(report["run"]) == {"at", "data_hash", "version", "versions"}
    assert report["simulated"] == ["T1"]
    assert json.loads(json.dumps(report)) == report
