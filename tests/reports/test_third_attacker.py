"""The printed report of the golden pilot, and the one after a withdrawal, attacked."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from tests.reports.attacking import (
    FLOW,
    Json,
    Name,
    Puzzle,
    Reader,
    gone_between,
    lean_on_the_rule,
)
from tests.reports.conftest import Published
from tests.studies.making import LATER
from trede.people.consenting import withdraw
from trede.people.models import Purpose
from trede.pilots.loading import rules_of
from trede.reports.figures_json import figures_of
from trede.reports.page import lay_out_report
from trede.reports.releasing import approve, release
from trede.reports.wording import Wording, number
from trede.studies.running import run_interim

pytestmark = pytest.mark.django_db
# From the norm: whether a count is under five must stay open.
SMALL, LOWEST, HIGHEST = range(1, 5), 0, 5


def printed(run, results: Json, view: str) -> Json:
    words = Wording(rules_of(run.study.pilot, run.until_on))
    return json.loads(json.dumps(figures_of(run, results, view=view, wording=words)))


@pytest.fixture(scope="module")
def first(published: Published) -> tuple[Json, Json]:
    """The public view, and the truth that it hides."""
    run = published.run
    return (
        printed(run, published.edition.released, "public"),
        printed(run, run.results, "researcher"),
    )


def ends_of(truth: Json) -> dict[str, list[str]]:
    steps = {step["code"]: step["exits"] for step in truth["flow"]["steps"]}
    return {step: [each["reason"] for each in steps[step]] for step in FLOW}


def attacked(public: Json, truth: Json) -> Puzzle:
    puzzle = Puzzle()
    reader = Reader(puzzle, "1", public)
    reader.read()
    reader.flow(ends_of(truth))
    puzzle.tie()
    return puzzle


def counts_in(
    report: Json, truth: Json, edition: str = "1"
) -> dict[tuple[Name, ...], int]:
    """The number that each cell tells, by the unknowns that add up to it."""
    known = Puzzle()
    reader = Reader(known, edition, report)
    reader.read()
    reader.flow(ends_of(truth))
    return {
        tuple(form): low
        for form, low, high in known.known
        if low == high and set(form.values()) == {1}
    }


def test_the_attacker_rebuilds_what_is_printed(first):
    """It understands the report: the truth satisfies everything it believes."""
    public, truth = first
    puzzle = attacked(truth, truth)
    sums = counts_in(truth, truth)
    assert len(sums) > 300
    for names, n in list(sums.items())[::7]:
        assert puzzle.extent(dict.fromkeys(names, 1)) == (n, n)
    assert public["view"] == "public"


def test_no_small_number_can_be_shut_in(first):
    public, truth = first
    puzzle = attacked(public, truth)
    small = {names: n for names, n in counts_in(truth, truth).items() if n in SMALL}
    assert len(small) > 90
    for names in small:
        low, high = puzzle.extent(dict.fromkeys(names, 1))
        assert low <= LOWEST and high >= HIGHEST, names


def test_no_unknown_number_of_people_is_a_known_handful(first):
    """Also of answers that no table prints: the points under a mean, who kept silent,
    who gave another reason."""
    public, truth = first
    puzzle = attacked(public, truth)
    people = [name for name in puzzle.most if name[3] != "hours"]
    assert len(people) > 400
    for name in people:
        low, high = puzzle.extent({name: 1})
        assert low != high or low not in SMALL, (name, low)


def test_what_is_hidden_cannot_be_worked_out(first):
    public, truth = first
    puzzle = attacked(public, truth)
    told = set(counts_in(public, truth))
    hidden = [names for names in counts_in(truth, truth) if names not in told]
    assert len(hidden) > 100
    for names in hidden:
        low, high = puzzle.extent(dict.fromkeys(names, 1))
        assert low < high, (names, low)


ALONE = {
    *("sex", "age_group", "marital_status", "children_at_home", "education"),
    *("dutch_speaking", "dutch_understanding", "dutch_reading"),
    *("health_physical", "health_mental"),
}


def test_the_rule_itself_gives_no_number_away(first):
    """Everybody may read when a figure is hidden; that alone fills no cell in."""
    public, truth = first
    told = set(counts_in(public, truth))
    hidden = {
        name
        for names in counts_in(truth, truth)
        if names not in told and names[0][2] in ALONE
        for name in names
    }
    puzzle = Puzzle()
    Reader(puzzle, "1", public).read()
    lean_on_the_rule(puzzle, ALONE, hidden)
    puzzle.tie()
    assert len(hidden) > 20
    for name in hidden:
        low, high = puzzle.extent({name: 1})
        assert low < high, (name, low)
        assert not (low in SMALL and high in SMALL), (name, low, high)


@pytest.fixture(scope="module")
def second(published: Published, django_db_blocker) -> Iterator[tuple[Json, Json]]:
    """One participant withdraws; a new edition is made against the approved one."""
    study, by = published.pilot62.study, published.cast.by("ilse")
    with django_db_blocker.unblock(), transaction.atomic():
        approve(edition=published.edition, by=by, at=LATER)
        withdraw(
            person=published.pilot62.people[0],
            pilot=study.pilot,
            purpose=Purpose.STUDY,
            by=published.cast.by("sanne"),
            at=LATER,
        )
        until, at = published.run.until_on, LATER + timedelta(days=1)
        run = run_interim(study=study, until=until, by=by, at=at)
        edition = release(run=run, by=by, at=at)
        public = printed(run, edition.released, "public")
        yield public, printed(run, run.results, "researcher")
        transaction.set_rollback(True)


def test_two_editions_tell_no_answer_of_who_withdrew(first, second):
    puzzle = Puzzle()
    Reader(puzzle, "1", first[0]).read()
    Reader(puzzle, "2", second[0]).read()
    answers = gone_between(puzzle, "participants", "1", "2")
    puzzle.tie()
    assert len(answers) > 200
    for name in answers:
        assert puzzle.extent({name: 1})[0] == 0, name
    hours = [name for name in puzzle.most if name[0] == "gone" and name[3] == "hours"]
    assert hours
    for name in hours:
        # That somebody named no hours may be known; how many they named may not.
        assert puzzle.extent({name: 1})[0] == 0, name


def test_two_editions_shut_in_no_small_number(first, second):
    """Save what the first alone, with one person fewer, already gave away."""
    both, before = Puzzle(), Puzzle()
    for puzzle, reports in ((before, first[:1]), (both, (first[0], second[0]))):
        for edition, report in zip("12", reports, strict=False):
            Reader(puzzle, edition, report).read()
    Reader(before, "2", emptied(second[0])).read()
    for puzzle in (before, both):
        gone_between(puzzle, "participants", "1", "2")
        puzzle.tie()
    small = [
        names for names, n in counts_in(second[1], second[1], "2").items() if n in SMALL
    ]
    small = [names for names in small if names[0][1] != "flow"]
    assert len(small) > 90
    for names in small:
        form = dict.fromkeys(names, 1)
        (low, high), (least, most) = both.extent(form), before.extent(form)
        assert low <= max(LOWEST, least), names
        assert high >= min(HIGHEST, most), names


def emptied(report: Json) -> Json:
    """The same with nothing but the sizes of the groups."""
    bare = json.loads(json.dumps(report))
    for table in bare["tables"]:
        parts = [p for r in table["rows"] for p in (r, *r.get("of_which", []))]
        for cell in (cell for part in parts for cell in part["cells"]):
            cell |= {key: None for key in cell if key not in WORDS}
    for claim in bare["claims"]:
        if claim["code"] != "participants":
            claim |= {"n": None, "percent": None}
    return bare


WORDS = ("group", "item", "measure", "suppressed")


def test_the_sentences_say_no_more_than_the_figures(published: Published, first):
    run, public = published.run, first[0]
    words = Wording(rules_of(run.study.pilot, run.until_on))
    report = lay_out_report(run, published.edition.released, public=True, words=words)
    told = {
        number
        for chapter in report.chapters
        for section in chapter.sections
        for number in re.findall(r"\d+(?:[.,]\d+)?", section.lead)
    }
    allowed = {str(n) for table in public["tables"] for n in table["base"].values()}
    for table in public["tables"]:
        for row in table["rows"]:
            for cell in row["cells"]:
                allowed |= written(cell)
            allowed |= set(re.findall(r"\d+", row["label"]))
    assert len(told) > 30
    assert told <= allowed


def written(cell: Json) -> set[str]:
    values = [value for key, value in cell.items() if key not in WORDS and value]
    return {number(v, places) for v in values for places in (0, 1, 2)}
