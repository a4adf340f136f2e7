"""Which outcomes a pilot can compare: what is asked both before and after.

What kind of outcome a question is follows from how it is asked; nobody chooses it after
the answers are in. Beside the questions stand what follows from several answers
together, the tread that the coach noted, and how long something took.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from trede.evaluation.running.configuration import OutcomeType
from trede.pilots.mistakes import Complaint
from trede.pilots.positions import Path
from trede.pilots.rules import Rules
from trede.pilots.sections import refer_to_known
from trede.pilots.study_rules import FinalReport
from trede.questionnaires.definition import Kind, PartKind, Question
from trede.questionnaires.scores import bounds_of
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.studies.baselines import INTAKE
from trede.studies.holding_back import EVALUATION
from trede.studies.rows import Item, items_of_question
from trede.trajectories.ladder import LADDERS

COACH_TREAD, TREAD = "coach_tread", "tread"
FIRST_STEP, FIRST_RISE, EXIT = "first_step", "first_rise", "exit"
TIMES = (FIRST_STEP, FIRST_RISE, EXIT)
AGE = "age"
HOURS_OF_A_WEEK = 168


@dataclass(frozen=True)
class Asked:
    """What kind of outcome it is, and its lowest and highest answer."""

    type: OutcomeType
    scale: tuple[float, float] | None = None


# What follows from several answers, when all of them were asked.
DERIVED: Mapping[str, Asked] = {
    TREAD: Asked("ladder", (1, 6)),
    "isolated": Asked("binary", (0, 1)),
    "discriminated_any": Asked("binary", (0, 1)),
    "self_reliance_problem": Asked("binary", (0, 1)),
}


def comparable(
    before: Iterable[Item], after: Iterable[Item], rules: Rules
) -> Mapping[str, Asked]:
    """Every outcome that both lists of questions can tell, and those of the journey."""
    first = {item.code: asked for item in before if (asked := asked_by(item))}
    then = {item.code: asked for item in after if (asked := asked_by(item))}
    both = {code: asked for code, asked in first.items() if then.get(code) == asked}
    treads = LADDERS[rules.ladder.version].treads
    journey = {
        COACH_TREAD: Asked("ladder", (min(treads), max(treads))),
        **{code: Asked("time") for code in TIMES},
    }
    return {**journey, **DERIVED, **both}


def asked_by(item: Item) -> Asked | None:
    """Nothing for a question whose answers have no order: those are only counted."""
    question = item.question
    if item.is_choice or question.kind is Kind.YES_NO:
        return Asked("binary", (0, 1))
    if question.kind is Kind.HOURS:
        return Asked("hours", (0, question.at_most or HOURS_OF_A_WEEK))
    if question.kind is Kind.SCALE_0_10:
        return Asked("score", bounds_of(question))
    if question.kind is Kind.LABELLED_SCALE:
        return Asked("likert", bounds_of(question))
    return None


def final_report_exists(value: object, rules: Rules) -> Iterator[Complaint]:
    """For the pilot file: what the plan names is asked. Of a questionnaire that does
    not come with Trede only the computing can tell."""
    before, after = (_items_asked(rules, wave) for wave in (INTAKE, EVALUATION))
    # An unknown ladder is a mistake of its own.
    if before is None or after is None or rules.ladder.version not in LADDERS:
        return
    known = comparable(before, after, rules)
    plan = rules.final_report
    outcome = _("an outcome that is asked at the intake and at the evaluation")
    scores = {scale.code: Asked("score") for scale in plan.scales}
    yield from refer_to_known(_outcomes_named(plan), {**known, **scores}, what=outcome)
    items = [
        (("scales", place, "items", spot), code)
        for place, scale in enumerate(plan.scales)
        for spot, code in enumerate(scale.items)
    ]
    ordered = [c for c, asked in known.items() if asked.type in ("likert", "score")]
    item = _("an item on a scale, asked at the intake and at the evaluation")
    yield from refer_to_known(items, ordered, what=item)
    beforehand = {AGE, *DERIVED, *(each.code for each in before)}
    told = _("something that is known of people at the intake")
    for key in ("covariates", "subgroups"):
        codes = getattr(plan, key)
        named = [((key, spot), code) for spot, code in enumerate(codes)]
        yield from refer_to_known(named, beforehand, what=told)


def _outcomes_named(plan: FinalReport) -> list[tuple[Path, str]]:
    """Where the outcomes are listed, the others were held against that list."""
    if plan.outcomes:
        return [(("outcomes", spot), code) for spot, code in enumerate(plan.outcomes)]
    named: list[tuple[Path, str]] = [
        (("lower_is_better", spot), code)
        for spot, code in enumerate(plan.lower_is_better)
    ]
    for place, question in enumerate(plan.questions):
        here: Path = ("questions", place)
        named.append(((*here, "primary"), question.primary))
        named += [
            ((*here, "outcomes", n), code) for n, code in enumerate(question.outcomes)
        ]
    for place, family in enumerate(plan.families):
        here = ("families", place, "outcomes")
        named += [((*here, spot), code) for spot, code in enumerate(family.outcomes)]
    return named


def _items_asked(rules: Rules, wave: str) -> list[Item] | None:
    """What the questionnaire of a wave asks; nothing when it is another's."""
    codes = [each.questionnaire for each in rules.waves if each.code == wave]
    if len(codes) != 1 or codes[0] not in shipped_codes():
        return None
    part = shipped(codes[0]).part(PartKind.CORE)
    questions: Iterable[Question] = part.questions if part else ()
    return [item for question in questions for item in items_of_question(question)]
