"""The words in which the outcomes were asked, kept with a final report.

A questionnaire gets newer words; a report that was computed keeps those that people
read. Only what the instruments and the pilot's file say: nothing of an answer.
"""

from collections.abc import Mapping

from django.conf import settings

from trede.evaluation.running.configuration import Configuration
from trede.questionnaires.definition import Kind, PartKind, Text
from trede.questionnaires.publishing import definition_of
from trede.studies.dataset import Dataset
from trede.studies.rows import Item

Json = dict[str, object]
Words = dict[str, str]


def names_of(dataset: Dataset, configuration: Configuration) -> Json:
    """By code: the question, its answers, and the part of the questionnaire."""
    wanted = {
        *(outcome.code for outcome in configuration.outcomes),
        *configuration.covariates,
        *configuration.subgroups,
    }
    items = [item for item in dataset.items if item.code in wanted]
    plan = dataset.rules.final_report
    return {
        "outcomes": {item.code: _question(item) for item in items},
        "answers": {item.code: _answers(item) for item in items},
        "domains": _domains(dataset),
        "families": {each.code: each.label for each in plan.families},
        "scales": {each.code: each.label for each in plan.scales},
        "waves": {wave.code: wave.label for wave in dataset.rules.waves},
        "lower_is_better": list(plan.lower_is_better),
    }


def _question(item: Item) -> Words:
    told = _in_all(item.question.text)
    if not item.is_choice:
        return told
    options = {str(each.value): each.text for each in item.question.options}
    chosen = _in_all(options[item.option])
    return {language: f"{told[language]} – {chosen[language]}" for language in told}


def _answers(item: Item) -> Mapping[str, Words]:
    question = item.question
    if question.kind is Kind.SCALE_0_10:
        ends = ((question.at_least, question.low), (question.at_most, question.high))
        return {str(value): _in_all(text) for value, text in ends if text is not None}
    return {str(each.value): _in_all(each.text) for each in question.options}


def _domains(dataset: Dataset) -> Mapping[str, Words]:
    """The title of the part in which each question stands."""
    found: dict[str, Words] = {}
    stored = {one.questionnaire_id: one for one in dataset.sittings}
    for sitting in stored.values():
        asked = definition_of(
            sitting.questionnaire, town=sitting.pilot.municipality_id
        ).part(PartKind.CORE)
        for section in asked.sections if asked else ():
            title = _in_all(section.title)
            found |= {question.code: title for question in section.questions}
    return found


def _in_all(text: Text) -> Words:
    return {code: text.read_in(code) for code, _name in settings.LANGUAGES}
