"""The chapters of an analysis: complete, in the words of its design, and silent on
what is withheld."""

import re
from random import Random

import pytest
from django.utils import translation

from tests.reports.effects.reading import (
    changes,
    chapters,
    effects,
    everything,
    sections,
)
from trede.reports.effects.names import Names
from trede.reports.effects.overview import overview_sections
from trede.reports.effects.pilots_together import synthesis_chapters


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_a_change_report_has_its_chapters_in_the_order_of_asking():
    assert list(chapters(changes())) == [
        "plan",
        "people",
        "primary",
        "missing",
        "overview",
        "ladder",
        "subgroups",
        "questionnaire",
        "refused",
        "limits",
        "appendix",
    ]


def test_only_beside_a_comparison_is_there_talk_of_effects():
    change, effect = chapters(changes()), chapters(effects())
    assert "balance" in effect and "balance" not in change
    told = everything({code: change[code] for code in change if code != "subgroups"})
    assert not re.search(r"\beffects?\b", told.replace("(fixed effect)", ""))
    assert "is called an effect" in everything(effect)


def test_what_the_figures_cannot_say_is_always_there_unless_it_has_its_own_place():
    assert "regression to the mean" in everything(chapters(changes()))
    assert "limits" not in chapters(changes(), limits=False)
    assert "simulated" in everything(chapters(changes(), simulated=True))


def test_every_primary_outcome_has_its_answer_its_picture_and_all_estimates():
    found = sections(changes(), "primary")
    primary = found["primary-satisfied-difference_1"]
    assert "95% interval" in primary.lead and primary.picture and primary.grid
    assert any("n = " in line for line in primary.method)
    rows = found["estimates-satisfied-difference_1"].grid.lines
    assert rows[0].label.startswith("Mean change, paired t-test")


def test_every_outcome_and_every_estimate_stands_in_the_appendix():
    analysis = changes()
    lines = [
        line
        for section in chapters(analysis)["appendix"].sections
        for line in section.grid.lines
    ]
    assert len(lines) == len(analysis["estimates"])
    headlines = [one for one in analysis["estimates"] if one["headline"]]
    assert sum(not line.under for line in lines) == len(headlines)


@pytest.mark.parametrize("analysis", [changes, effects])
def test_every_picture_has_words_and_a_table_beside_it(analysis):
    drawn = [s for c in chapters(analysis()).values() for s in c.sections if s.picture]
    assert len(drawn) > 8 and all(section.picture.told for section in drawn)
    # The streams of the ladder have theirs under the next picture.
    assert {section.id for section in drawn if not section.grid} <= {"ladder"}


def test_every_refusal_is_told_with_its_outcome():
    analysis = changes()
    (section,) = chapters(analysis)["refused"].sections
    assert str(len(analysis["refused"])) in section.lead
    assert all("not estimated" in point for point in section.points)


def test_nothing_refused_is_said_too():
    told = everything(chapters(changes() | {"refused": []}))
    assert "Everything that was asked could be estimated" in told


def test_the_ladder_is_shown_as_streams_and_as_a_table_with_its_ends():
    found = sections(changes(), "ladder")
    assert found["ladder"].picture and found["ladder-table"].grid
    assert "lowest tread" in found["ladder-ends"].lead
    assert found["ladder-ends"].grid.lines
    # Of several pilots the ladder has no figures over everybody.
    empty = changes() | {"ladder": changes()["ladder"] | {"estimates": []}}
    assert sections(empty, "ladder")["ladder-ends"].grid is None
    assert [line.label for line in found["small-steps"].grid.lines] == [
        "Finances",
        "Housing",
    ]


def test_outcomes_of_one_domain_stand_together_in_the_order_of_the_questions():
    names = Names(domains={"phones": "B", "reads": "A", "writes": "A"})
    found = {one.id: one for one in overview_sections(changes(), names)}
    told = found["overview-difference_1-likert-1-5"].picture.told
    assert told.index("Reads") < told.index("Writes") < told.index("Phones")


def test_an_older_run_without_the_new_keys_still_gives_its_pages():
    known = ("design", "language", "estimand", "seed", "flow", "estimates", "refused")
    told = chapters({key: changes()[key] for key in known})
    assert {"plan", "people", "primary", "appendix"} <= set(told)


# Withheld -------------------------------------------------------------------------

KEPT = {
    *("outcome", "type", "question", "primary", "contrast", "headline", "method"),
    *("name", "kind", "moment", "way", "domain", "subgroup", "level", "scale", "group"),
    *("code", "what", "why", "family", "treads", "reference", "day", "seed"),
}


def withheld(entry):
    """An entry as disclosure control leaves it: what it is of, and nothing else."""
    if isinstance(entry, list):
        return [withheld(one) for one in entry]
    kept = {key: value if key in KEPT else None for key, value in entry.items()}
    kept |= {key: [] for key in ("notes", "sizes") if key in entry}
    for key in ("estimates", "levels", "small_steps", "covariates", "refused"):
        if entry.get(key):
            kept[key] = withheld(entry[key])
    return kept | {"suppressed": "withheld"}


def all_withheld(analysis):
    for key in ("estimates", "outcomes", "times", "sensitivity", "instrument"):
        analysis[key] = withheld(analysis[key])
    for key in ("subgroups", "precision"):
        analysis[key] = withheld(analysis[key])
    for key in ("ladder", "attrition", "balance"):
        analysis[key] = withheld(analysis[key]) if analysis[key] else None
    flow = analysis["flow"]
    flow |= {"people": None, "status": None, "suppressed": "withheld"}
    flow["measured"] = [
        {"contrast": one["contrast"], "suppressed": "withheld"}
        for one in flow["measured"]
    ]
    return analysis


@pytest.mark.parametrize("analysis", [changes, effects], ids=["change", "effect"])
def test_of_what_is_withheld_not_one_figure_is_printed(analysis):
    found = chapters(all_withheld(analysis()))
    for chapter in found.values():
        for section in chapter.sections:
            for line in section.grid.lines if section.grid else ():
                for figure in line.figures:
                    assert figure.hidden or not re.search(r"\d[.,]\d", figure.text)
            assert not re.search(r"\d\.\d", section.lead), section.lead
    assert "hidden" in everything(found)
    assert "not shown" in everything(found)


def test_a_single_withheld_estimate_hides_its_row_and_no_other():
    analysis = changes()
    analysis["estimates"][0] = withheld(analysis["estimates"][0])
    (first, second, *_rest) = chapters(analysis)["appendix"].sections[0].grid.lines
    assert all(figure.hidden for figure in first.figures[2:4])
    assert not any(figure.hidden for figure in second.figures)


# Pilots together ------------------------------------------------------------------


def together(**more):
    estimate = {
        "method": "reml_hartung_knapp_modified",
        "n": 92,
        "n_missing": 8,
        "estimate": 0.5,
        "ci": [0.1, 0.9],
        "p": 0.03,
        "notes": ["few_pilots"],
    }
    spread = {"q": 3.2, "df": 2, "p": 0.2, "tau2": 0.04, "tau": 0.2, "i2": 0.37}
    spread |= {"tau_ci": [0.0, 0.9], "i2_ci": [0.0, 0.9], "notes": []}
    studies = [
        {"pilot": name, "population": "", "design": "pre_post", "n": 30}
        | {"estimate": value, "ci": [value - 0.4, value + 0.4], "weight": 1 / 3}
        for name, value in (("arnhem", 0.3), ("breda", 0.5), ("delft", 0.7))
    ]
    return {
        "outcome": "satisfied",
        "type": "score",
        "definition": "How satisfied?",
        "estimand": "mean_change",
        "language": "change",
        "k": 3,
        "estimates": [estimate],
        "prediction": {"interval": [-0.8, 1.8]},
        "heterogeneity": spread,
        "studies": studies,
        "leave_one_out": [],
        "refused": [],
        **more,
    }


def test_pilots_together_tell_where_a_next_one_may_be_expected():
    found = synthesis_chapters({"outcomes": [together()], "refused": []})
    first = found[0].sections[0]
    assert "next pilot the underlying mean" in first.lead
    assert "−0.80 to +1.80 points (95% prediction interval)" in first.lead
    assert first.picture and "arnhem" in first.picture.told
    assert "do not make them effects" in found[-1].sections[0].points[1].replace(
        "does not make", "do not make"
    )


def test_pilots_together_have_one_unit_in_sentence_table_and_spread():
    one = together(type="likert", estimand="net_share_up")
    (chapter, _limits) = synthesis_chapters({"outcomes": [one], "refused": []})
    grids = {section.id: section.grid for section in chapter.sections}
    assert "50.0 percentage points" in chapter.sections[0].lead
    (way,) = grids["ways-0"].lines
    assert "+50.0" in way.figures[2].text and "Hartung" in way.label
    assert grids["spread-0"].lines[0].figures[0].text == "20.0 percentage points"


def test_pilots_together_are_called_by_the_name_that_was_handed_over():
    one, refused = together(label="Tevreden"), {"outcome": "sleep", "label": "Slaap"}
    refused |= {"what": "synthesis", "why": "few_studies", "has": 1, "needed": 2}
    found = synthesis_chapters({"outcomes": [one], "refused": [refused]})
    assert found[0].label == "Tevreden"
    assert found[1].sections[0].points[0].startswith("Slaap")
    assert synthesis_chapters({"outcomes": [together()]})[0].label == "Satisfied"


def test_two_pilots_say_nothing_of_a_next_one():
    one = together(prediction=None, k=2)
    (chapter, _limits) = synthesis_chapters({"outcomes": [one], "refused": []})
    assert "nothing can be said of a next one" in chapter.sections[0].lead
    assert "no other way than the mean of these two" in chapter.sections[-1].lead


def test_one_of_several_ways_is_called_the_answer_chosen_beforehand():
    one = together()
    one["estimates"] = [
        *one["estimates"],
        one["estimates"][0] | {"method": "fixed_effect"},
    ]
    (chapter, _limits) = synthesis_chapters({"outcomes": [one], "refused": []})
    assert chapter.sections[-1].lead.startswith("The first line is the answer")


def test_unlike_measures_are_named_pilot_by_pilot():
    unlike = {"aspect": "scale", "pilot": "breda", "has": "1-5"}
    unlike |= {"first": "arnhem", "had": "0-10"}
    refused = {"outcome": "sleep", "what": "synthesis", "why": "other_scale"}
    refused |= {"has": None, "needed": None, "differences": [unlike]}
    found = synthesis_chapters({"outcomes": [], "refused": [refused]})
    assert found[0].sections[0].points == [
        "Sleep: breda has another scale (1-5) than arnhem (0-10)."
    ]


def test_checks_of_which_nothing_is_shown_are_counted_instead_of_listed():
    analysis = changes()
    beside = [
        place
        for place, one in enumerate(analysis["estimates"])
        if one["outcome"] == "tread" and not one["headline"]
    ]
    for place in beside:
        analysis["estimates"][place] = withheld(analysis["estimates"][place])
    found = sections(analysis, "primary")["estimates-tread-difference_1"]
    assert len(found.grid.lines) == 1
    assert f"{len(beside)} other estimates are not shown" in found.lead


def test_an_outcome_of_which_nothing_is_shown_is_in_the_table_and_not_drawn():
    analysis = changes()
    for key in ("estimates", "outcomes"):
        analysis[key] = [
            withheld(one) if one["outcome"] == "phones" else one
            for one in analysis[key]
        ]
    found = [
        section
        for section in sections(analysis, "overview").values()
        if section.grid and "Phones" in [line.label for line in section.grid.lines]
    ]
    pictures = [section.picture for section in found if section.picture]
    assert found and not any("Phones" in picture.told for picture in pictures)


def test_a_test_that_was_kept_back_is_hidden_and_not_said_to_be_missing():
    analysis = changes()
    analysis["estimates"][0] |= {"p": None, "p_holm": None, "notes": ["test_withheld"]}
    found = sections(analysis, "primary")
    told = " ".join(found["primary-satisfied-difference_1"].method)
    assert "The test is withheld" in told and "no test with" not in told
    first = found["estimates-satisfied-difference_1"].grid.lines[0].figures
    assert first[-1].hidden and not first[2].hidden


LISTS = {
    *("estimates", "refused", "outcomes", "times", "sensitivity", "instrument"),
    *("subgroups", "precision", "covariates", "levels", "measured", "notes", "sizes"),
}


def torn(entry, rng, chance):
    """With figures gone here and there, as a judge might leave it."""
    if isinstance(entry, list):
        return [torn(one, rng, chance) for one in entry]
    if not isinstance(entry, dict):
        return entry
    left = {}
    for key, value in entry.items():
        figure = isinstance(value, int | float) and not isinstance(value, bool)
        goes = figure or (isinstance(value, list) and key not in LISTS)
        gone = goes and key not in KEPT and rng.random() < chance
        left[key] = None if gone else torn(value, rng, chance)
        if gone and "suppressed" in entry:
            left["suppressed"] = "withheld"
    return left


@pytest.mark.parametrize("analysis", [changes, effects], ids=["change", "effect"])
@pytest.mark.parametrize("chance", [0.05, 0.5])
def test_whatever_is_withheld_the_pages_can_be_made(analysis, chance):
    told = everything(chapters(torn(analysis(), Random(chance), chance)))
    assert "hidden" in told and "None" not in told and "nan" not in told.split()


def test_no_sentence_counts_over_what_is_withheld():
    analysis = changes()
    analysis["instrument"][-1]["suppressed"] = "withheld"
    silent = [one for one in analysis["instrument"] if one["kind"] == "nonresponse"]
    silent[0] |= {"value": None, "suppressed": "withheld"}
    assert sections(analysis, "questionnaire")["answers"].lead == ""
    analysis["sensitivity"][0] |= {"estimate": None, "suppressed": "withheld"}
    missing = sections(analysis, "missing")["missing-satisfied"].lead
    assert "every way" not in missing and "Not every figure" in missing


def test_no_line_is_called_the_answer_when_the_answer_is_hidden():
    analysis = changes()
    section = "estimates-satisfied-difference_1"
    assert "The first line" in sections(analysis, "primary")[section].lead
    analysis["estimates"][0] |= {"estimate": None, "ci": None, "suppressed": "withheld"}
    assert "The first line" not in sections(analysis, "primary")[section].lead


# Several pilots, several differences ----------------------------------------------


def test_pilots_of_one_file_stand_beside_each_other_with_all_together_last():
    analysis = changes() | {"design": "several_pilots"}
    whole = analysis["estimates"][0]
    analysis["estimates"] += [
        whole | {"contrast": f"difference_1/{pilot}"} for pilot in ("Arnhem", "Breda")
    ]
    found = sections(analysis, "primary")["parts-satisfied-difference_1"]
    labels = [line.label for line in found.grid.lines]
    assert labels == ["Arnhem", "Breda", "All pilots together"]
    assert "parts-satisfied-difference_1" not in sections(changes(), "primary")


def test_the_mean_over_pilots_is_not_laid_between_the_levels_of_all_people():
    analysis = changes() | {"design": "several_pilots"}
    plain = sections(analysis, "primary")["primary-satisfied-difference_1"].lead
    assert "The mean went from" in plain
    analysis["estimates"][0] |= {"method": "reml_hartung_knapp_modified"}
    told = sections(analysis, "primary")["primary-satisfied-difference_1"].lead
    assert "That is the mean over the pilots" in told
    assert "Of all people together the mean went from" in told
    assert "The mean went from" not in told


def test_with_more_differences_each_question_says_between_which_moments():
    analysis = changes()
    for key in ("estimates", "outcomes"):
        analysis[key] += [
            one | {"contrast": "difference_2"}
            for one in analysis[key]
            if one["contrast"] == "difference_1"
        ]
    found = sections(analysis, "primary")
    assert "(intake to evaluation)" in found["primary-tread-difference_1"].question
    again = "(evaluation to repeated evaluation)"
    assert again in found["primary-tread-difference_2"].question
    only = sections(changes(), "primary")["primary-tread-difference_1"].question
    assert "(" not in only
