"""A report in English: what is told in English, and what is there in Dutch only."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.reports.conftest import Published
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.reports.analysed import names_in
from trede.reports.book.annexes import annexes
from trede.reports.book.laying_out import Part, lay_out_book
from trede.reports.book.marking import Block, heading, in_dutch, paragraph
from trede.reports.book.setting_up import set_up
from trede.reports.book.writing import write
from trede.reports.effects.plan import plan_sections
from trede.reports.explaining import held_back_sentences
from trede.reports.wording import Wording
from trede.studies.models import Amendment

pytestmark = pytest.mark.django_db
UNTIL_END = "2021-10-31"


@pytest.fixture
def rules(published: Published) -> Rules:
    return rules_of(published.pilot62.pilot, published.run.until_on)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def in_the_language_of_the_report(blocks: Iterator[Block] | tuple[Block, ...]) -> str:
    found = [block for block in blocks if not block.language]
    return " ".join(
        word
        for block in found
        for word in (*block.lines, *(told for pair in block.pairs for told in pair))
    )


def of(rules: Rules, published: Published) -> dict[str, tuple[Block, ...]]:
    town = published.pilot62.pilot.municipality_id
    day = published.run.until_on
    return {annex.code: annex.blocks for annex in annexes(rules, day, town=town)}


def test_the_protocol_is_read_in_english(rules: Rules, published: Published):
    told = in_the_language_of_the_report(of(rules, published)["protocol"])
    assert "Ask for consent, per purpose" in told
    assert "Dutch only" not in told
    assert not any(step.label in told for step in rules.intake.steps)


def test_a_step_without_english_is_announced_and_marked(
    rules: Rules, published: Published
):
    first, second, *others = rules.intake.steps
    steps = (first, replace(second, label_en=None), *others)
    rules = replace(rules, intake=replace(rules.intake, steps=steps))
    blocks = of(rules, published)["protocol"]
    told = in_the_language_of_the_report(blocks)
    assert "These words are there in Dutch only:" in told
    assert second.label not in told
    assert in_dutch(Block("list", (second.label,))) in blocks


def test_what_people_were_asked_and_signed_is_marked_as_dutch(
    rules: Rules, published: Published
):
    for code, blocks in of(rules, published).items():
        if code == "protocol":
            continue
        told = in_the_language_of_the_report(blocks)
        assert "toestemming" not in told and "Hoe " not in told
        said = "This is in Dutch only, in the words that were used." in told
        assert said is any(block.language == "nl" for block in blocks)
    assert of(rules, published)["consent-1"][1].lines[0].startswith("This is in Dutch")


def test_in_dutch_nothing_is_said_of_a_language(rules: Rules, published: Published):
    with translation.override("nl"):
        every = of(rules, published)
        told = " ".join(map(in_the_language_of_the_report, every.values()))
    assert "Alleen in het Nederlands" not in told and "alleen in het" not in told


@pytest.mark.parametrize("known", [True, False])
def test_why_the_design_changed(rules: Rules, published: Published, known: bool):
    (planned,) = rules.amendments
    reason = planned.reason if known else "Er was te weinig tijd."
    study = published.run.study
    study.amendments.all().delete()
    Amendment.objects.create(
        study=study,
        on=planned.on,
        before=planned.from_design,
        after=planned.to_design,
        reason=reason,
        recorded_at=published.run.at,
        recorded_by=published.cast.ilse,
    )
    blocks = tuple(set_up(study, rules, published.run.until_on))
    told = in_the_language_of_the_report(blocks)
    assert reason not in told
    assert (str(planned.reason_en) in told) is known
    assert ("Why was recorded in Dutch only:" in told) is not known
    assert (in_dutch(paragraph(reason)) in blocks) is not known


@pytest.mark.parametrize("known", [True, False])
def test_why_a_questionnaire_is_no_longer_asked(
    rules: Rules, published: Published, known: bool
):
    waves = tuple(
        wave if known else replace(wave, retired_reason_en=None) for wave in rules.waves
    )
    blocks = tuple(
        set_up(published.run.study, replace(rules, waves=waves), published.run.until_on)
    )
    told = in_the_language_of_the_report(blocks)
    (repeated,) = (wave for wave in rules.waves if wave.code == "T0b")
    assert str(repeated.retired_reason) not in told
    assert (str(repeated.retired_reason_en) in told) is known
    marked = in_dutch(paragraph(str(repeated.retired_reason)))
    assert (marked in blocks) is not known


def test_the_plan_of_the_analysis_is_read_in_english(rules: Rules):
    plan, (change,) = rules.final_report, rules.amendments
    assert plan
    recorded = {"on": "2020-12-01", "reason": change.reason}
    other = {"on": "2021-01-01", "reason": "Er was te weinig tijd."}
    analysis = {"estimand": plan.estimand, "amendments": [recorded, other]}
    names = names_in({"analysis": analysis}, rules)
    points = [point for one in plan_sections(analysis, names) for point in one.points]
    assert points == [
        f"What is estimated: {plan.estimand_en}",
        f"The plan was changed on 01-12-2020: {change.reason_en}",
        "The plan was changed on 01-01-2021. Why was recorded in Dutch only.",
    ]


@pytest.mark.parametrize("known", [True, False])
def test_why_the_pilot_waits_with_its_figures(
    rules: Rules, published: Published, known: bool
):
    (agreed,) = rules.report.withheld
    held = {"by_file": agreed.reason if known else "Wij wachten nog."}
    held |= {"evaluated": None, "participants": 53, "too_few": False}
    held |= {"other_circumstances": False, "simulated": False, "held_back": True}
    *_others, told = held_back_sentences(
        {"held_back": held}, rules, published.run.until_on
    )
    assert "agreed to wait" in told
    assert ("too few people have held the evaluation" in told) is known
    assert told.endswith("recorded in Dutch only.") is not known
    assert "mensen" not in told and "wachten" not in told


def test_a_screen_reader_and_a_printer_are_told_which_words_are_dutch():
    blocks = (
        heading("The words"),
        in_dutch(heading("De woorden")),
        in_dutch(paragraph("Dit is Nederlands.")),
        in_dutch(Block("list", ("een", "twee"))),
        in_dutch(Block("pairs", pairs=(("een", "1"),))),
    )
    for template, data in (
        ("blocks.html", {"blocks": blocks}),
        ("plain_part.html", {"part": Part("words", "Words", blocks)}),
    ):
        page = render_to_string(f"reports/book/{template}", data)
        assert page.count('lang="nl"') == 4


def test_a_research_question_is_told_in_english(rules: Rules):
    plan = rules.final_report
    assert plan is not None
    question = plan.questions[0]
    line = {"outcome": "coach_tread", "type": "ladder", "primary": True}
    line |= {"contrast": "difference_1", "method": "paired_t", "headline": True}
    analysis = {"estimates": [line | {"question": question.label}]}
    names = names_in({"analysis": analysis}, rules)
    (grid,) = (one.grid for one in plan_sections(analysis, names) if one.grid)
    assert grid.lines[0].figures[0].text == question.label_en


def test_a_chapter_that_somebody_wrote_is_marked_as_dutch(
    rules: Rules, published: Published
):
    write(
        study=published.run.study,
        chapter="lessons",
        text="Ga de eerste keer mee.",
        began_from=0,
        known={},
        by=published.cast.by("ilse"),
        at=published.run.at,
    )

    def lessons() -> tuple[Block, ...]:
        book = lay_out_book(
            published.run, published.run.results, public=False, words=Wording(rules)
        )
        return next(part.blocks for part in book.after if part.code == "lessons")

    assert lessons() == (
        paragraph("This chapter was written in Dutch."),
        in_dutch(paragraph("Ga de eerste keer mee.")),
    )
    with translation.override("nl"):
        assert lessons() == (paragraph("Ga de eerste keer mee."),)


def test_an_annex_is_called_by_its_english_title(rules: Rules, published: Published):
    town = published.pilot62.pilot.municipality_id
    labels = {one.label for one in annexes(rules, published.run.until_on, town=town)}
    assert "Questionnaire at the intake" in labels
    assert not any("Vragenlijst" in label for label in labels)
