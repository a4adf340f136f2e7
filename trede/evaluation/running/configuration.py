"""What a run is asked, written down before the data are looked at.

A configuration is a TOML text. It names the design, the outcomes with their type, one
primary outcome per research question, the two moments of each difference, and what was
amended when. All but the design may be left out; what is left out gets the value in
this table, and the type of an outcome is then guessed and said to be.

```toml
design = "pre_post"
estimand = "the change in those who completed the trajectory"
seed = 1
covariates = ["age", "sex"]
[columns]
person = "id"
[[contrast]]
code = "difference_1"
before = "t0"
after = "t1"
[[outcome]]
code = "satisfied"
type = "score"
scale = [0, 10]
question = "well-being"
primary = true
[[scale]]
code = "self_reliance"
outcomes = ["reading", "phoning"]
[labels]
age = "age at the start"
[[amendment]]
on = 2020-12-01
reason = "too few pairs"
```

| left out | becomes |
|---|---|
| seed | 1 |
| columns | person, wave, arm, pair, cluster, pilot, status, mode, language, helper |
| contrast | difference_1: t1 minus t0 |
| outcome | each column that has both moments, its type guessed |
| family | primaries together, all others together |
| covariates | nothing is known of who left, or of who is compared |
| subgroups | nobody is looked at apart |
| scale | no reliability; `reversed` names the items that point the other way |
| answered | half of its items make a score, where the scale is an outcome too |
| agrees_from | of a likert: the first answer above the middle counts as agreement |
| cap | of hours: from 90 on an answer is left out, or counts as so many, in a check |
| rise_on | a time is no first rise on the treads of a ladder |
| horizon | of a time to an event: the last day on which people were followed |
| small_steps | columns with a number of steps, one per life domain; none |
| potential | column with the tread that seemed within reach; none |
| label, definition, unit | of an outcome: its words for a reader; its code |
| period | what is known of when people were asked (see `dated_periods`) |
| list | it is not looked at who was reached (see `list_asked`) |
| labels | names of columns known beforehand, for a reader; the column itself |
| pilot, population | who hands the figures over, and of whom they are |

A key that is not known is refused by name, with all other mistakes at once: a misspelt
`primry` would otherwise change the analysis in silence.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor
from typing import Literal, get_args

from trede.evaluation.running.dated_periods import NamedPeriod, periods_named
from trede.evaluation.running.design import Design
from trede.evaluation.running.list_asked import ListAsked, list_asked
from trede.evaluation.running.written_values import (
    ends,
    names,
    number,
    refuse_unknown,
    tables,
    whole,
    words,
)

OutcomeType = Literal["score", "likert", "ladder", "binary", "hours", "time"]
NO_TOML = 'This is not TOML: {}. Words stand between quotation marks: "pre_post".'
TYPES: tuple[OutcomeType, ...] = get_args(OutcomeType)
# How somebody was asked: of everybody once, or of every wave apart (mode_t0, mode_t1).
ASKED_BY = ("mode", "language", "helper")
COLUMNS = (
    *("person", "wave", "arm", "pair", "cluster", "pilot", "status"),
    *ASKED_BY,
)
TOP = {"design", "estimand", "seed", "covariates", "subgroups"} | {
    *("horizon", "small_steps", "potential", "pilot", "population")
}
TABLES = {"columns", "contrast", "outcome", "scale", "amendment", "labels"} | {
    *("list", "period")
}
OUTCOME = {"code", "type", "scale", "question", "primary", "family"} | {
    *("label", "definition", "unit", "agrees_from", "cap", "rise_on")
}

HALF = 0.5
# The interim report of 2021 left out answers of so many hours of care and more.
USUAL_CAP = 90.0
SCALE = {"code", "outcomes", "reversed", "answered"}


class ConfigurationRefused(ValueError):
    """Everything that is wrong with a configuration, one plain sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome; `type` is None when it is to be guessed from the values.

    `scale` is the lowest and highest answer that is possible: values outside it are
    refused, and bounds for people who are missing rest on it. `agrees_from` is the
    lowest answer of an agreement that counts as one; from `cap` hours on an answer is
    hard to believe. `rise_on` is the ladder of which a time is that to the first rise.
    """

    code: str
    type: OutcomeType | None = None
    scale: tuple[float, float] | None = None
    question: str = ""
    primary: bool = False
    family: str = ""
    label: str = ""
    definition: str = ""
    unit: str = ""
    agrees_from: float | None = None
    cap: float | None = None
    rise_on: str = ""

    @property
    def hard_to_believe_from(self) -> float:
        """From how many hours a week on."""
        return self.cap or USUAL_CAP

    @property
    def yes_from(self) -> float | None:
        """The lowest answer that counts as yes: of an agreement for which none was
        named the first above the neutral middle."""
        if self.type == "binary":
            return 1.0
        if self.agrees_from is not None or self.type != "likert" or not self.scale:
            return self.agrees_from
        return floor(sum(self.scale) / 2) + 1.0

    @property
    def corrected_with(self) -> str:
        """Outcomes with the same word here are adjusted for each other."""
        return self.family or ("primary" if self.primary else "other")


@dataclass(frozen=True, slots=True)
class Contrast:
    """The later moment minus the earlier one."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Outcomes that together measure one thing; `reversed` point the other way.

    `answered` is the least share of them of which a person's score is made.
    """

    code: str
    outcomes: tuple[str, ...]
    reversed: tuple[str, ...] = ()
    answered: float = HALF


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the plan after it was made, with its reason."""

    on: date
    reason: str


DIFFERENCE_1 = Contrast("difference_1", "t0", "t1")


@dataclass(frozen=True)
class Configuration:
    """What a run is asked."""

    design: Design
    estimand: str = ""
    seed: int = 1
    columns: Mapping[str, str] = field(
        default_factory=lambda: {name: name for name in COLUMNS}
    )
    contrasts: tuple[Contrast, ...] = (DIFFERENCE_1,)
    outcomes: tuple[Outcome, ...] = ()
    covariates: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    scales: tuple[Scale, ...] = ()
    horizon: int | None = None
    small_steps: tuple[str, ...] = ()
    potential: str = ""
    pilot: str = ""
    population: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    target_list: ListAsked | None = None
    periods: tuple[NamedPeriod, ...] = ()


def read_configuration(text: str, design: str | None = None) -> Configuration:
    """A configuration from TOML; a design given apart must be the one in the text.

    Raises ConfigurationRefused with every mistake in it.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ConfigurationRefused([NO_TOML.format(problem)]) from problem
    problems: list[str] = []
    refuse_unknown(data, TOP | TABLES, "", problems)
    found = Configuration(
        design=_design(data, design, problems),
        estimand=str(data.get("estimand", "")),
        seed=whole(data, "seed", 1, 0, problems),
        columns=_columns(data, problems),
        contrasts=_contrasts(data, problems),
        outcomes=_outcomes(data, problems),
        covariates=names(data, "covariates", problems),
        subgroups=names(data, "subgroups", problems),
        amendments=_amendments(data, problems),
        scales=_scales(data, problems),
        horizon=whole(data, "horizon", 0, 1, problems) or None,
        small_steps=names(data, "small_steps", problems),
        potential=str(data.get("potential", "")),
        pilot=str(data.get("pilot", "")),
        population=str(data.get("population", "")),
        labels=words(data, "labels", problems),
        target_list=list_asked(data, problems),
        periods=periods_named(data, problems),
    )
    _refuse_two_primaries(found.outcomes, problems)
    if problems:
        raise ConfigurationRefused(problems)
    return found


def _design(
    data: Mapping[str, object], given: str | None, problems: list[str]
) -> Design:
    written = data.get("design", given)
    if given and written != given:
        problems.append(f'The configuration says "{written}", the command "{given}".')
    try:
        return Design(str(written))
    except ValueError:
        problems.append(f'"design" must be one of: {", ".join(Design)}.')
        return Design.PRE_POST


def _columns(data: Mapping[str, object], problems: list[str]) -> dict[str, str]:
    given = data.get("columns", {})
    if not isinstance(given, dict):
        problems.append('"columns" must be a table: [columns].')
        return {}
    refuse_unknown(given, set(COLUMNS), "columns.", problems)
    return {name: str(given.get(name, name)) for name in COLUMNS}


def _contrasts(data: Mapping[str, object], problems: list[str]) -> tuple[Contrast, ...]:
    keys = {"code", "before", "after"}
    entries = tables(data, "contrast", keys, problems)
    complete = [entry for entry in entries if keys <= entry.keys()]
    if len(complete) < len(entries):
        problems.append("Each [[contrast]] needs a code, a before and an after.")
    made = tuple(
        Contrast(str(e["code"]), str(e["before"]).lower(), str(e["after"]).lower())
        for e in complete
    )
    return made or (DIFFERENCE_1,)


def _outcomes(data: Mapping[str, object], problems: list[str]) -> tuple[Outcome, ...]:
    made: list[Outcome] = []
    for entry in tables(data, "outcome", OUTCOME, problems):
        code = str(entry.get("code", ""))
        if not code:
            problems.append("Each [[outcome]] needs a code.")
            continue
        if any(code == one.code for one in made):
            problems.append(f'Outcome "{code}" stands twice.')
        made.append(
            Outcome(
                code=code,
                type=_type(code, entry, problems),
                scale=ends(entry, "scale", f'Outcome "{code}": ', problems),
                question=str(entry.get("question", "")),
                primary=entry.get("primary") is True,
                family=str(entry.get("family", "")),
                label=str(entry.get("label", "")),
                definition=str(entry.get("definition", "")),
                unit=str(entry.get("unit", "")),
                agrees_from=_agrees_from(code, entry, problems),
                cap=_cap(code, entry, problems),
                rise_on=str(entry.get("rise_on", "")),
            )
        )
    return tuple(made)


def _type(
    code: str, entry: Mapping[str, object], problems: list[str]
) -> OutcomeType | None:
    value = entry.get("type")
    if value is None:
        return None
    if value not in TYPES:
        problems.append(f'Outcome "{code}": type must be one of {", ".join(TYPES)}.')
        return None
    return value


def _agrees_from(
    code: str, entry: Mapping[str, object], problems: list[str]
) -> float | None:
    told = number(entry, "agrees_from", f'Outcome "{code}": ', problems)
    if told is None:
        return None
    if entry.get("type", "likert") != "likert":
        problems.append(f'Outcome "{code}": agrees_from is for type likert only.')
    scale = ends(entry, "scale", "", [])
    if scale and not scale[0] < told <= scale[1]:
        problems.append(
            f'Outcome "{code}": agrees_from must be an answer above the lowest.'
        )
    return told


def _cap(code: str, entry: Mapping[str, object], problems: list[str]) -> float | None:
    told = number(entry, "cap", f'Outcome "{code}": ', problems)
    if told is not None and entry.get("type", "hours") != "hours":
        problems.append(f'Outcome "{code}": cap is for type hours only.')
    if told is not None and not 0 < told <= 24 * 7:
        problems.append(f'Outcome "{code}": cap must be hours of one week.')
    return told


def _scales(data: Mapping[str, object], problems: list[str]) -> tuple[Scale, ...]:
    made = []
    for entry in tables(data, "scale", SCALE, problems):
        items = names(entry, "outcomes", problems)
        if not entry.get("code") or len(items) < 2:
            problems.append("Each [[scale]] needs a code and two outcomes or more.")
        turned = names(entry, "reversed", problems)
        problems += [
            f'Scale "{entry.get("code")}": "{item}" is reversed but not one of it.'
            for item in turned
            if item not in items
        ]
        code = str(entry.get("code", ""))
        made.append(Scale(code, items, turned, _answered(code, entry, problems)))
    return tuple(made)


def _answered(code: str, entry: Mapping[str, object], problems: list[str]) -> float:
    told = number(entry, "answered", f'Scale "{code}": ', problems)
    if told is not None and not 0 < told <= 1:
        problems.append(f'Scale "{code}": answered must be a share above 0, up to 1.')
    return HALF if told is None else told


def _amendments(
    data: Mapping[str, object], problems: list[str]
) -> tuple[Amendment, ...]:
    made = []
    for entry in tables(data, "amendment", {"on", "reason"}, problems):
        match entry:
            case {"on": date() as on, "reason": str() as reason} if reason:
                made.append(Amendment(on, reason))
            case _:
                problems.append("Each [[amendment]] needs a date (on) and a reason.")
    return tuple(made)


def _refuse_two_primaries(outcomes: tuple[Outcome, ...], problems: list[str]) -> None:
    asked = [outcome.question for outcome in outcomes if outcome.primary]
    for question in sorted({one for one in asked if asked.count(one) > 1}):
        problems.append(
            f'Research question "{question}" has more than one primary outcome.'
            " Choose one, or give each its own question."
        )
