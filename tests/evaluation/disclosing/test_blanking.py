"""What is withheld leaves nothing behind, in whatever corner of the analysis."""

import json
from collections.abc import Iterator

import numpy as np
import pytest

from tests.evaluation.disclosing.study import (
    Pair,
    analysis_of,
    asked,
    entry,
    people_with,
    released_of,
)
from trede.evaluation.disclosing.blanking import without
from trede.evaluation.disclosing.reading import (
    Json,
    entries,
    line_key,
    lines,
    text,
)
from trede.evaluation.norms import default_norms
from trede.evaluation.running.configuration import Outcome

N = 60
NOTHING: dict[str, frozenset[int]] = {}


def some_pairs(seed: int, low: int, high: int) -> list[Pair]:
    rng = np.random.default_rng(seed)
    before = rng.integers(low, high + 1, N)
    after = np.clip(before + rng.integers(-1, 3, N), low, high)
    pairs: list[Pair] = []
    pairs += [(float(a), float(b)) for a, b in zip(before, after, strict=True)]
    return pairs


@pytest.fixture(scope="module")
def full() -> Json:
    configuration = asked(
        Outcome("well", "score", (0, 10), question="q1", primary=True),
        Outcome("trust", "score", (0, 10)),
        Outcome("agree", "likert"),
        Outcome("debts", "binary"),
    )
    pairs = {
        "well": some_pairs(1, 0, 10),
        "trust": some_pairs(2, 0, 10),
        "agree": some_pairs(3, 1, 5),
        "debts": some_pairs(4, 0, 1),
    }
    return analysis_of(people_with(pairs, configuration), configuration)


def blanked(full: Json, *hidden: str, families: dict[str, str] | None = None) -> Json:
    return without(
        full, hidden, families=families or {}, days=NOTHING, norms=default_norms()
    )


def numbers_in(value: object) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from numbers_in(one)


def test_a_withheld_estimate_keeps_its_names_and_its_number_of_people(
    full: Json,
) -> None:
    key = "estimate|well|difference_1|paired_t"
    line = entry(blanked(full, key), "estimates", outcome="well", method="paired_t")
    assert line["suppressed"] == "withheld"
    assert (line["n"], line["n_missing"]) == (N, 0)
    assert line["notes"] == line["sizes"] == []
    told = {k: v for k, v in line.items() if k not in ("n", "n_missing")}
    assert list(numbers_in(told)) == []


def test_no_other_entry_is_touched(full: Json) -> None:
    public = blanked(full, "estimate|well|difference_1|paired_t")
    assert entry(public, "estimates", outcome="trust", method="paired_t")["estimate"]
    assert public["outcomes"] == full["outcomes"]


def test_the_reason_is_not_told(full: Json) -> None:
    keys = [line_key(line) for line in lines(full)]
    public = json.dumps(blanked(full, *keys))
    for reason in ("small", "complement", "everybody", "dominance"):
        assert f'"{reason}"' not in public


def test_each_piece_of_a_level_goes_by_itself(full: Json) -> None:
    public = blanked(full, "outcome|agree|difference_1|direction")
    level = entry(public, "outcomes", outcome="agree")
    assert (level["up"], level["same"], level["down"]) == (None, None, None)
    assert level["mean_before"] is not None
    assert level["suppressed"] == "withheld"


def test_without_its_number_of_people_an_estimate_tells_nothing(full: Json) -> None:
    public = blanked(
        full,
        "outcome|well|difference_1|sizes",
        "estimate|well|difference_1|paired_t",
    )
    line = entry(public, "estimates", outcome="well", method="paired_t")
    assert list(numbers_in(line)) == []


def test_p_values_are_printed_to_two_digits(full: Json) -> None:
    for line in lines(blanked(full)):
        p = line["p"]
        assert p is None or f"{p:.2g}" == f"{p:.15g}" or float(f"{p:.2g}") == p


FAMILY = {"trust": "other", "agree": "other", "debts": "other"}


def adjusted(public: Json) -> dict[str, tuple[object, object]]:
    return {
        text(line, "outcome"): (line["p_holm"], line["p_bh"])
        for line in entries(public, "estimates")
        if line["headline"] and not line["suppressed"]
    }


def test_an_adjusted_p_value_says_nothing_of_a_withheld_test(full: Json) -> None:
    """Whatever the withheld p was, what is printed of the others is the same."""
    key = line_key(entry(full, "estimates", outcome="debts", headline=True))
    changed: Json = json.loads(json.dumps(full))
    for line in entries(changed, "estimates"):
        if line["outcome"] == "debts":
            line["p"] = 1e-9
    assert adjusted(blanked(full, key, families=FAMILY)) == adjusted(
        blanked(changed, key, families=FAMILY)
    )


def test_an_adjusted_p_value_never_shrinks_when_others_are_withheld(
    full: Json,
) -> None:
    before = adjusted(blanked(full, families=FAMILY))
    key = line_key(entry(full, "estimates", outcome="agree", headline=True))
    after = adjusted(blanked(full, key, families=FAMILY))
    for outcome in ("trust", "debts"):
        for first, then in zip(before[outcome], after[outcome], strict=True):
            assert float(str(then)) >= float(str(first)) - 1e-12


def test_a_change_of_everybody_alike_is_not_told() -> None:
    configuration = asked(Outcome("well", "score", (0, 10)))
    pairs: list[Pair] = [(float(3 + n % 4), float(4 + n % 4)) for n in range(40)]
    public, judged, released = released_of(
        people_with({"well": pairs}, configuration), configuration
    )
    assert "estimate|well|difference_1|paired_t" in judged.hidden(released)
    level = entry(public, "outcomes", outcome="well")
    assert level["up"] is None


def test_every_piece_that_goes_is_listed_with_a_reason() -> None:
    configuration = asked(Outcome("debts", "binary"))
    pairs: list[Pair] = [*[(0.0, 0.0)] * 20, *[(0.0, 1.0)] * 2, *[(1.0, 1.0)] * 20]
    _public, judged, released = released_of(
        people_with({"debts": pairs}, configuration), configuration
    )
    listed = {(d.table, d.row): d.reason for d in judged.decisions(released)}
    assert listed["analysis", "estimate|debts|difference_1|mcnemar_mid_p"] == "small"
    assert all(listed.values())


def test_nothing_is_withheld_of_a_plain_change_of_many_people(full: Json) -> None:
    """A rule that hides everything protects best, and is of no use."""
    configuration = asked(Outcome("well", "score", (0, 10), primary=True))
    rng = np.random.default_rng(8)
    before = np.clip(rng.normal(6, 1.6, 100).round(), 0, 10)
    after = np.clip((before + rng.normal(0.5, 1.4, 100)).round(), 0, 10)
    pairs: list[Pair] = []
    pairs += [(float(a), float(b)) for a, b in zip(before, after, strict=True)]
    public, _judged, _released = released_of(
        people_with({"well": pairs}, configuration), configuration
    )
    assert not any(line["suppressed"] for line in lines(public))


def test_a_mean_change_in_treads_stays_when_its_test_tells_of_a_few() -> None:
    """Two people fell: the test on ranks tells so, the mean with its interval not."""
    configuration = asked(Outcome("tread", "ladder", primary=True))
    pairs: list[Pair] = [
        *[(2.0, 2.0)] * 9,
        *[(2.0, 3.0)] * 8,
        *[(3.0, 3.0)] * 7,
        *[(3.0, 4.0)] * 9,
        *[(4.0, 4.0)] * 6,
        *[(4.0, 5.0)] * 6,
        *[(4.0, 3.0)] * 2,
        *[(5.0, 5.0)] * 6,
    ]
    public, _judged, _released = released_of(
        people_with({"tread": pairs}, configuration), configuration
    )
    line = entry(public, "estimates", outcome="tread", headline=True)
    assert line["estimate"] == pytest.approx(21 / 53)
    assert line["ci"] is not None
    assert line["p"] is line["p_holm"] is line["size"] is None
    assert line["notes"] == ["test_withheld"]
    level = entry(public, "outcomes", outcome="tread")
    assert level["down"] is None
    share = entry(public, "estimates", outcome="tread", method="share_down")
    assert share["suppressed"] == "withheld"
    # Who could rise are all but those at the top: their number is such a count.
    for line in lines(public):
        if text(line, "method").endswith("_of_who_could") and line["suppressed"]:
            assert line["n"] is None
