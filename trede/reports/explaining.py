"""How the figures were made, why the evaluation is not shown, what they cannot say.

Every sentence follows from the data or the design; none is there out of habit. Without
a group to compare with, a report speaks of an indication or a change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.pilots.in_english import sentences_in_english
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Design, in_reader_words, is_read_in_english
from trede.reports.figures_json import Json, TableJson, claims_in
from trede.reports.languages_told import language_sentences
from trede.reports.wording import CLAIMS, Wording, compares, number, percent
from trede.studies.rows import design_on


class HeldBackJson(TypedDict):
    wave: str
    evaluated: int | None
    participants: int | None
    otherwise: int | None
    too_few: bool
    other_circumstances: bool
    simulated: bool
    by_file: str
    held_back: bool


def method_of(table: TableJson, wording: Wording) -> list[str]:
    """In two lines: over whom, and what the numbers are."""
    lines = [_FORM_METHODS[table["form"]]()]
    if table["id"] in ("age_group", "age_at_migration", "birthplace"):
        lines.append(
            _(
                "The groups have numbers instead of names, so that nobody can be"
                " recognised. Age is reckoned in the year in which the pilot began."
            )
        )
    group = wording.rules.report.reference_group
    if "reference" in table["base"] and group:
        lines.append(
            _(
                "The reference group (%(name)s) is no group to compare with: other"
                " people, another year, sometimes other questions. Source: %(source)s."
            )
            % {"name": group.name, "source": group.source}
        )
    return lines


def _of_everybody() -> str:
    return _(
        "Answers at the intake (T0). Percentages are of everybody in the group; who"
        " gave no answer is counted in it."
    )


def _means() -> str:
    return _(
        "Answers at the intake (T0). Means are over those who answered; percentages are"
        " of everybody in the group."
    )


def _hours() -> str:
    return _(
        "Answers at the intake (T0). The percentage is of everybody in the group, the"
        " mean number of hours over those who named the activity. Answers of 90 hours"
        " or more a week with children are left out of the mean."
    )


_FORM_METHODS = {
    "counts": _of_everybody,
    "percentages": _of_everybody,
    "percent_yes": _of_everybody,
    "mean_and_share": _means,
    "means": _means,
    "hours": _hours,
}


def held_back_sentences(results: Json, rules: Rules, until: date) -> list[str]:
    """Why no evaluation (T1) is shown: counted, not presumed."""
    held = cast(HeldBackJson, results["held_back"])
    evaluated, participants = held["evaluated"], held["participants"]
    day = until.strftime("%d-%m-%Y")
    if evaluated is None:
        hidden = _("How many held the evaluation (T1) up to %(day)s is hidden.")
        told = [hidden % {"day": day}]
    else:
        first = ngettext(
            "Up to %(day)s, %(n)s of %(all)s participants held the evaluation (T1).",
            "Up to %(day)s, %(n)s of %(all)s participants held the evaluation (T1).",
            evaluated,
        )
        told = [first % {"day": day, "n": evaluated, "all": participants}]
    if held["too_few"]:
        told.append(
            _(
                "That is less than half. Whoever was first is not like the rest, so"
                " their answers say nothing yet about all participants."
            )
        )
    if held["other_circumstances"]:
        told.append(_circumstances(held))
    if held["by_file"]:
        told.append(_agreed(held["by_file"], rules))
    if held["simulated"]:
        told.append(
            _("The answers of the evaluation in this demo are simulated: made up.")
        )
    if not held["held_back"]:
        told.append(_("This report describes the intake; change has its own report."))
    return told


def _agreed(recorded: str, rules: Rules) -> str:
    english = sentences_in_english(rules).get(recorded)
    if is_read_in_english() and not english:
        return _(
            "The pilot has agreed to wait with these figures; why was recorded in Dutch"
            " only."
        )
    reason = in_reader_words(recorded, english)
    return _("The pilot has agreed to wait with these figures: %(reason)s") % {
        "reason": reason[:1].lower() + reason[1:]
    }


def _circumstances(held: HeldBackJson) -> str:
    return _(
        "Of them, %(n)s did so under other restrictions than their intake: a difference"
        " may come from the restrictions."
    ) % {"n": held["otherwise"]}


def cannot_say(results: Json, rules: Rules, until: date) -> Iterator[str]:
    """What somebody might read in these figures that is not there."""
    yield vocabulary(rules, until)
    if not results.get("analysis"):
        yield _(
            "The figures describe people at their intake. They say how people began,"
            " not what the guidance did for them."
        )
    yield _(
        "Only people who agreed to the study are counted. Who was not reached or did"
        " not want to take part may be different."
    )
    if rules.report.reference_group:
        yield _(
            "The reference group stands beside the figures to give them a place. It is"
            " no group to compare with."
        )
    yield _(
        "Answers are people's own. Some were helped with reading or with the language;"
        " that can make a difference."
    )
    if languages := results.get("languages"):
        yield from language_sentences(cast(Json, languages))


def vocabulary(rules: Rules, until: date) -> str:
    design = _design(rules, until)
    day = design.from_on.strftime("%d-%m-%Y")
    if compares(rules, design.code):
        return _(
            "The design since %(day)s is “%(design)s”. There is a group to compare"
            " with, but it is small: this report only describes."
        ) % {"day": day, "design": design.said}
    return _(
        "The design since %(day)s is “%(design)s”: there is no group to compare with."
        " This report therefore speaks of an indication or a change, and no more."
    ) % {"day": day, "design": design.said}


def _design(rules: Rules, until: date) -> Design:
    code = design_on(rules, until)
    return next(each for each in rules.designs if each.code == code)


@dataclass(frozen=True)
class Quoted:
    """A single figure in a sentence; without a number it was withheld."""

    words: str
    n: str
    percent: str
    hidden: bool


def quoted(results: Json) -> list[Quoted]:
    found = []
    for claim in claims_in(results):
        code, n = str(claim["code"]), claim.get("n")
        if code not in CLAIMS:
            continue
        share = claim.get("percent")
        found.append(
            Quoted(
                str(CLAIMS[code]),
                "" if n is None else number(n),
                "" if share is None else percent(share),
                n is None,
            )
        )
    return found
