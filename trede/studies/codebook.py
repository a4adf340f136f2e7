"""What every column of the dataset means: its words, its values, its missing reasons.

Made from the questionnaires that were answered, so that it is never behind on them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trede.pilots.circumstances import calendar
from trede.pilots.describing_guidance import DOMAINS
from trede.questionnaires.answering import NOT_TICKED
from trede.questionnaires.definition import WITH_BOUNDS, Combine, Kind, Score
from trede.questionnaires.models import Answer, Sitting, Translation
from trede.studies.dataset import Dataset
from trede.studies.rows import MISSING, ORIGINAL, SPOKEN, WRITTEN, Item
from trede.studies.small_steps import COLUMNS


@dataclass(frozen=True)
class Variable:
    """`values` maps what stands in the column to its words; empty for a number."""

    code: str
    label: str
    kind: str
    values: Mapping[str, str]
    missing: Mapping[str, str]
    # What else one must know of this column.
    note: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind == "number"

    @property
    def is_worked_out(self) -> bool:
        """A number that nobody was asked for, so that no reason stands beside it."""
        return self.kind in ("count", "score")


def codebook(dataset: Dataset) -> tuple[Variable, ...]:
    """Every column in the order of the dataset, the reason columns left out."""
    answered = (_answered(item, dataset) for item in dataset.items)
    scores = (_score(score) for score in dataset.scores)
    return (*_about(dataset), *_small_steps(dataset), *answered, *scores)


def reasons() -> Mapping[str, str]:
    return {choice.value: str(choice.label) for choice in Answer.Missing}


def status_code(code: str) -> str:
    return code + MISSING


def _about(dataset: Dataset) -> tuple[Variable, ...]:
    rules = dataset.rules
    yes_no = {"yes": _("Yes"), "no": _("No")}
    groups = {"participants": _("Takes part"), "dropouts": _("Left after the intake")}
    waves = {wave.code: wave.label for wave in rules.waves}
    designs = {design.code: design.label for design in rules.designs}
    periods = {period.code: period.label for period in calendar(rules)}
    modes = {mode.value: str(mode.label) for mode in Sitting.Mode}
    helpers = {helper.value: str(helper.label) for helper in Sitting.Helper}
    statuses = {ORIGINAL: _("as it was written")}
    statuses |= {one.value: str(one.label) for one in Translation.Status}
    return (
        Variable("person", _("Pseudonym"), "text", {}, {}),
        Variable("group", _("Group by the end of the data"), "choice", groups, {}),
        Variable("wave", _("Measurement"), "choice", waves, {}),
        Variable("month", _("Month in which it was answered"), "text", {}, {}),
        Variable("design", _("Study design in force"), "choice", designs, {}),
        Variable("circumstance", _("Circumstances"), "choice", periods, {}),
        Variable("mode", _("How it was answered"), "choice", modes, {}),
        Variable("helper", _("Who helped to answer"), "choice", helpers, {}),
        Variable("instructed", _("Coach instructed since"), "text", {}, {}),
        Variable("language", _("Language at the end"), "text", {}, {}),
        Variable("languages", _("All languages of the answers"), "text", {}, {}),
        Variable("translation", _("State of the translation"), "choice", statuses, {}),
        Variable("explanations", _("Times explanation was asked"), "count", {}, {}),
        Variable("explained", _("Questions that were explained"), "text", {}, {}),
        Variable("complete", _("Answered to the end"), "choice", yes_no, {}),
        Variable("simulated", _("Simulated (demo)"), "choice", yes_no, {}),
    )


def _small_steps(dataset: Dataset) -> Iterator[Variable]:
    note = _(
        "Small steps up to the last day of the data, as the coach wrote them down; the"
        " same number beside every measurement of a person."
    )
    for column in dataset.steps:
        label = _("Small steps: %(domain)s") % {"domain": DOMAINS[COLUMNS[column]]}
        yield Variable(column, label, "count", {}, {}, note)


def _answered(item: Item, dataset: Dataset) -> Variable:
    question, language = item.question, (get_language() or "nl")[:2]
    label = question.text.read_in(language)
    if item.is_choice:
        words = {str(each.value): each.text for each in question.options}
        label = f"{label} – {words[item.option].read_in(language)}"
        values = {"yes": _("Yes"), "no": _("No")}
        return Variable(item.code, label, "choice", values, reasons())
    if item.is_own_words:
        return _own_words(item, label, dataset)
    if question.kind in WITH_BOUNDS:
        named = {NOT_TICKED: _("Not named")} if question.kind is Kind.HOURS else {}
        return Variable(item.code, label, "number", named, reasons())
    values = {str(each.value): each.text.read_in(language) for each in question.options}
    number = all(value.isdecimal() for value in values) and bool(values)
    if question.kind is Kind.DATE:
        note = _("Given as the month: a full date could tell who somebody is.")
        return Variable(item.code, label, "month", {}, reasons(), note)
    kind = "number" if number else "choice"
    return Variable(item.code, label, kind, values, reasons())


def _score(score: Score) -> Variable:
    label = score.title.read_in((get_language() or "nl")[:2])
    made = {
        Combine.MEAN: _("The mean of %(items)s; none with fewer than %(n)d answers."),
        Combine.SUM: _(
            "The sum of %(items)s; none with fewer than %(n)d answers, and with fewer"
            " than all their mean counts for the others."
        ),
    }
    note = made[score.combine] % {"items": ", ".join(score.items), "n": score.at_least}
    if score.reversed:
        turned = _("Counted from the other end: %(items)s.")
        note += " " + turned % {"items": ", ".join(score.reversed)}
    return Variable(score.code, label, "score", {}, {}, note)


def _own_words(item: Item, label: str, dataset: Dataset) -> Variable:
    values = {
        WRITTEN: _("Written; the words are not in this file"),
        SPOKEN: _("Spoken; the sound is not in this file"),
    }
    told = dataset.frame[item.code]
    note = _(
        "What people say in their own words can tell who they are, so it stays with"
        " Trede. %(written)d wrote something here, %(spoken)d spoke."
    ) % {
        "written": (told == WRITTEN).sum(),
        "spoken": (told == SPOKEN).sum(),
    }
    return Variable(item.code, label, "choice", values, reasons(), note)
