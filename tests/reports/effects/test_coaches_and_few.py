"""What may be said beside coaches, and of outcomes that few people answered."""

import pytest
from django.utils import translation

from trede.reports.effects.answering import answer_told
from trede.reports.effects.beside_coaches import undone_by_coaches
from trede.reports.effects.names import Names
from trede.reports.effects.overview import overview_sections
from trede.reports.effects.parts_told import part_sections
from trede.reports.effects.primary import primary_sections


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def line(outcome="satisfied", *, ci=(0.15, 0.61), **more):
    found = {"outcome": outcome, "type": "score", "contrast": "difference_1"}
    found |= {"method": "paired_t", "headline": True, "estimate": sum(ci) / 2}
    return found | {"ci": list(ci), "n": 40, "n_missing": 10, "notes": []} | more


def by_coach(outcome="satisfied", *, ci=(-0.25, 1.02), **more):
    more = {"method": "mean_change_cr2", "headline": False} | more
    return line(outcome, ci=ci, **more)


def overview(*estimates, kind="score", **more):
    headlines = [one for one in estimates if one["headline"]]
    levels = [
        {"outcome": one["outcome"], "contrast": "difference_1", "type": kind}
        | {"values": [1, 2, 3], "mean_before": 1.98, "mean_after": 2.51}
        for one in headlines
    ]
    analysis = {"language": "change", "estimates": estimates, "outcomes": levels}
    (section,) = overview_sections(analysis | more, Names())
    return section


def test_zero_is_not_left_out_when_coaches_bring_it_back():
    analysis = {"estimates": [line(), by_coach()]}
    found = undone_by_coaches(analysis, line())
    told = answer_told(line(), None, compares=False, by_coach=found)
    assert "−0.25 to +1.02 points; it does not leave out that nothing changed" in told
    assert "leaves out that it stayed the same" not in told


WITHHELD = by_coach() | {"ci": None, "estimate": None, "suppressed": "withheld"}
IGNORES = line(notes=["clusters_ignored"])


@pytest.mark.parametrize(
    ("headline", "beside"), [(line(), WITHHELD), (IGNORES, by_coach("sleep"))]
)
@pytest.mark.parametrize("compares", [False, True])
def test_zero_is_not_spoken_of_when_the_interval_by_coach_is_not_shown(
    headline, beside, compares
):
    found = undone_by_coaches({"estimates": [headline, beside]}, headline)
    told = answer_told(headline, None, compares=compares, by_coach=found)
    assert "it is not said what the interval leaves out" in told
    assert "stayed the same" not in told and "alike" not in told


def test_a_headline_that_counts_with_coaches_speaks_for_itself():
    headline = line(method="mean_change_cr2", notes=["few_clusters"])
    independent = line(headline=False, ci=(-0.1, 0.9), notes=["clusters_ignored"])
    analysis = {"estimates": [headline, independent]}
    assert undone_by_coaches(analysis, headline) is None
    assert "leaves out that it stayed the same" in answer_told(
        headline, None, compares=False
    )


def test_a_headline_that_holds_zero_needs_no_coaches_to_say_so():
    headline = line(ci=(-0.1, 0.9), notes=["clusters_ignored"])
    assert undone_by_coaches({"estimates": [headline]}, headline) is None


def test_what_could_be_seen_says_what_is_supposed_of_coaches():
    one = {"outcome": "satisfied", "contrast": "difference_1", "in_points": 0.5}
    one |= {"detectable": 0.4, "unit": "deviations_of_change"}
    told = method_of_primary(one | {"icc": 0.05, "design_effect": 1.4})
    assert "supposed is that 5% of the differences between people" in told
    assert "counts with coaches" not in method_of_primary(one)


def method_of_primary(precision):
    analysis = {"language": "change", "estimates": [line(primary=True)]}
    sections = primary_sections(analysis | {"precision": [precision]}, Names())
    return " ".join(next(sections).method)


def test_pilots_beside_each_other_say_which_interval_knows_no_coaches():
    whole = line(primary=True, method="mean_change_cr2")
    small = line(
        contrast="difference_1/Arnhem", notes=["clusters_ignored", "these_coaches_only"]
    )
    large = line(contrast="difference_1/Breda", method="mean_change_cr2")
    analysis = {"design": "several_pilots", "estimates": [whole, small, large]}
    (section,) = part_sections(analysis, whole, Names())
    told = section.method
    assert any(one.startswith("Arnhem: People of one coach") for one in told)
    assert any(one.startswith("Arnhem: There are fewer than five") for one in told)
    assert not any("Breda" in one for one in told)


def test_the_comparison_group_is_told_by_coach_as_well():
    outcome = {"outcome": "satisfied", "contrast": "difference_1", "type": "score"}
    levels = outcome | {"group": "comparison", "values": [4, 5]}
    levels |= {"before": [20, 20], "after": [10, 30]}
    within = {"contrast": "difference_1/comparison", "notes": ["clusters_ignored"]}
    analysis = {
        "language": "effect",
        "estimates": [
            line(primary=True, method="ancova_cr2"),
            line(**within),
            by_coach(contrast=within["contrast"]),
        ],
        "outcomes": [levels],
    }
    sections = {one.id: one for one in primary_sections(analysis, Names())}
    lead = sections["others-satisfied-difference_1"].lead
    assert "it does not leave out that nothing changed" in lead


@pytest.mark.parametrize(
    "beside",
    [
        by_coach(ci=(0.1, 1.0)),
        by_coach("sleep"),
        by_coach(contrast="difference_2"),
        by_coach(method="paired_t"),
    ],
)
def test_only_the_interval_by_coach_of_the_same_change_undoes_an_answer(beside):
    assert undone_by_coaches({"estimates": [line(), beside]}, line()) is None


def test_what_coaches_undo_is_not_counted_as_a_rise():
    told = overview(line(), by_coach(), line("sleep")).lead
    assert "Of 2 outcomes 1 rose and 0 fell" in told and "leave out" not in told
    assert "Not counted: 1 of which the interval that counts" in told


def test_few_people_make_no_rise_and_are_told():
    few = line(n=14, n_missing=46, notes=["few_for_bootstrap"])
    found = overview(few, line("sleep"))
    assert "Of 2 outcomes 1 rose" in found.lead
    assert "Not counted: 1 with too few people" in found.lead
    assert "fewer than half of the people: on 14 of 60" in found.lead
    assert any("a mean of which a few can be very large" in t for t in found.method)


def test_ordered_answers_have_one_estimate_in_sentence_picture_and_table():
    net = line(type="likert", method="signed_rank_exact", ci=(-0.1, 0.3))
    mean = line(type="likert", headline=False, ci=(0.2, 0.8))
    found = overview(net, mean, kind="likert")
    assert "not leave out that nothing changed" in found.lead
    assert "−10.0 to +30.0" in found.grid.lines[0].figures[3].text
    assert "+10.0 (−10.0 to +30.0)" in found.picture.told
    assert "0.8" not in found.picture.told
