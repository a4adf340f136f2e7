"""What may leave the building: disclosure control over a report and those before it.

Decides nothing itself: it lays the tables, and every edition that was made public
before, with the people who came and went since, before the science, and stores what
comes out. What was printed once stays known, so it is kept as long as reports are.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import cast

from django.utils.translation import gettext as _

from trede import __version__
from trede.accounts.refusing import Refused
from trede.evaluation.disclosing.flows import pair_flows
from trede.evaluation.disclosing.judging import (
    ANALYSIS,
    Judged,
    key_of,
    lay_before,
)
from trede.evaluation.disclosing.numbers_before import kept_for_next
from trede.evaluation.disclosing.outside import without_status
from trede.evaluation.disclosing.pieces import PREFIX as ANALYSED
from trede.evaluation.disclosure import BY_DECISION, Decision, protect
from trede.evaluation.editions import (
    DisclosureError,
    Earlier,
    EditionJson,
    Flow,
    read_edition,
)
from trede.evaluation.running.wrong_columns import INELIGIBLE
from trede.evaluation.withholding import CLAIMS
from trede.studies.comparing import Comparison
from trede.studies.models import Member, Run
from trede.studies.places import PREFIX, Beside
from trede.studies.reached import REACHED
from trede.studies.tabulating import Json, Tabulated, tables_as_json

# Judged with the tables, and told elsewhere than among the claims of the text.
BESIDE_TABLES = (PREFIX, ANALYSED)

# Where a decision says that the figure stands, beside the names of tables.
IN_ANALYSIS, IN_TEXT = ANALYSIS, CLAIMS
SHOWN_ALL_THE_SAME = BY_DECISION
ARMS = {1: "treated", 0: "comparison"}


@dataclass(frozen=True)
class Protected:
    """`shown` may be printed; `told` is to be kept for the next report."""

    shown: Json
    told: Json
    decisions: list[Json]


def protect_report(
    tabulated: Tabulated,
    numbers: Beside,
    run: Run,
    earlier: Iterable[tuple[Run, Json]],
    *,
    compared: Comparison | None = None,
    by_decision: Collection[str] = (),
) -> Protected:
    """Withhold what must be, of the tables and of the numbers of people beside them.
    `earlier`: runs made public, with what they told. `by_decision`: keys of figures
    that are shown although they would be withheld."""
    few = compared is not None and compared.few_outside(tabulated.norms)
    if compared is not None and few:
        compared = compared.counted_together()
    known = list(earlier)
    past = [
        Earlier(
            read_edition(cast(EditionJson, told)), _all_flows(before, run, compared)
        )
        for before, told in known
    ]
    judged = None
    if compared is not None:
        analysis = _analysis_of(run, compared, anew=few)
        before = [told for _run, told in known]
        judged = _laid_before(compared, analysis, tabulated, by_decision, before)
    analysed = judged.claims if judged else ()
    try:
        claims = (*tabulated.claims, *numbers.claims(), *analysed)
        released = protect(
            tabulated.tables,
            claims,
            earlier=past,
            norms=tabulated.norms,
            by_decision=by_decision,
        )
    except DisclosureError as problem:
        raise Refused(
            _("This report cannot be made public without giving people away: %(what)s")
            % {"what": str(problem)}
        ) from problem
    told = [c for c in released.claims if not c.code.startswith(BESIDE_TABLES)]
    hidden = {c.code.removeprefix(PREFIX) for c in released.claims if c.suppressed}
    kept = numbers.without(frozenset(hidden))
    shown = tables_as_json(released.tables, tuple(told)) | {
        "flow": kept.flow.as_json(),
        "held_back": kept.held.as_json(),
        "waves": kept.waves,
    }
    decisions = released.decisions
    told_now = cast(Json, released.edition.as_dict()) | kept.told()
    if judged is not None:
        analysis = judged.public(released)
        if not kept.flow.tells(REACHED):
            analysis[REACHED] = None
        told_now |= kept_for_next(analysis)
        shown["analysis"] = without_status(analysis) if few else analysis
        decisions = judged.decisions(released)
    return Protected(shown, told_now, [asdict(decision) for decision in decisions])


def figure_of(decision: Json) -> str:
    """The name of the figure that a decision is about, the same in every edition."""
    return key_of(Decision(**cast(dict[str, str], decision)))


def _analysis_of(run: Run, compared: Comparison, *, anew: bool) -> Json:
    """What the run says, unless it was made of other groups or by another Trede."""
    said = run.results["analysis"]
    if anew or run.version != __version__:
        said = compared.analysis()
    # As it was stored, also where the run was made a moment ago.
    return cast(Json, json.loads(json.dumps(said)))


def _laid_before(
    compared: Comparison,
    analysis: Json,
    tabulated: Tabulated,
    by_decision: Collection[str],
    before: Iterable[Json],
) -> Judged:
    """`before`: what earlier editions told."""
    return lay_before(
        compared.people,
        compared.configuration,
        analysis,
        norms=tabulated.norms,
        dataset=compared.answers,
        by_decision=by_decision,
        before=list(before),
    )


def _all_flows(
    before: Run, after: Run, compared: Comparison | None
) -> tuple[Flow, ...]:
    """Who changed place, and whose pair of measurements did."""
    flows = came_and_went(before, after)
    if compared is None:
        return flows
    parts = parts_of(compared)

    def part(person: str, group: str) -> str:
        return "~".join((group, *parts.get(person, ())))

    then, now = places_of(before), places_of(after)
    contrasts = compared.configuration.contrasts
    return (*flows, *pair_flows(then, now, contrasts, label=part))


def parts_of(compared: Comparison) -> Mapping[str, tuple[str, ...]]:
    """Beside the group of the tables: the arm, and who proved not to belong."""
    found = {}
    for row in compared.people.frame.iter_rows(named=True):
        part = [ARMS[row["arm"]]] if "arm" in row else []
        part += ["outside"] if row["status"] == INELIGIBLE else []
        found[row["person"]] = tuple(part)
    return found


def came_and_went(before: Run, after: Run) -> tuple[Flow, ...]:
    """How many people changed place. Another sitting is other answers: whoever has one
    counts as gone and as new."""
    then, now = places_of(before), places_of(after)
    flows: Counter[tuple[str, str | None, str | None]] = Counter()
    for code, wave in then.keys() | now.keys():
        was, became = then.get((code, wave)), now.get((code, wave))
        if was == became:
            continue
        if was and became and was[1] == became[1]:
            flows[wave, was[0], became[0]] += 1
            continue
        if was:
            flows[wave, was[0], None] += 1
        if became:
            flows[wave, None, became[0]] += 1
    return tuple(Flow(*place, people=people) for place, people in flows.items())


def places_of(run: Run) -> dict[tuple[str, str], tuple[str, int]]:
    rows: Iterable[Member] = run.members.all()
    return {(row.code, row.wave): (row.group, row.sitting_number) for row in rows}
