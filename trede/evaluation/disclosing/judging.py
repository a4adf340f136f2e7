"""What the public may see of an analysis, and the one call that decides it.

The analysis stands in a report beside tables, and a reader has both, with every
earlier edition. So its figures are laid before the same disclosure control, in one
go with the tables: as claims, each with everything that can be worked out from it.
What cannot be counted (weights, drawn values, days) is ruled out by simple rules that
ask for enough people on every side. Whole pieces go, never single numbers of one.

In a study: `judged = lay_before(...)`, then `protect((*claims, *judged.claims))`, then
`judged.public(released)`. Of a file without tables: `protect_analysis`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from trede.evaluation.dataset import Dataset
from trede.evaluation.disclosing.banding import (
    Joining,
    border_claims,
    joinings_of,
    reasons_with_bands,
    with_bands,
)
from trede.evaluation.disclosing.blanking import without
from trede.evaluation.disclosing.blocks import ground_of
from trede.evaluation.disclosing.circumstances import asked_in_claims
from trede.evaluation.disclosing.curves import days_told
from trede.evaluation.disclosing.dependent import follows
from trede.evaluation.disclosing.opaque import opaque_claims
from trede.evaluation.disclosing.outside import (
    counted_together,
    few_outside,
    without_status,
)
from trede.evaluation.disclosing.pieces import PREFIX, claims_of
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.disclosing.ruling import ruled_out
from trede.evaluation.disclosure import BY_DECISION, Decision, Released, protect
from trede.evaluation.norms import Norms, default_norms
from trede.evaluation.results import Claim, claim_key
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.reaching import TargetList
from trede.evaluation.withholding import CLAIMS

ANALYSIS = "analysis"
OF_ANALYSIS = claim_key(PREFIX)

__all__ = ["PREFIX", "Judged", "key_of", "lay_before", "protect_analysis"]


def key_of(decision: Decision) -> str:
    """The name of the figure that a decision is about, the same in every edition."""
    if decision.table == ANALYSIS:
        return OF_ANALYSIS + decision.row
    if decision.table == CLAIMS:
        return claim_key(decision.row)
    place = (decision.group, decision.item, decision.measure, decision.kind)
    return "|".join((decision.table, decision.row, *(one or "" for one in place)))


@dataclass(frozen=True)
class Judged:
    """An analysis laid before disclosure control.

    `claims` are to be given to `protect` with the tables and claims of the report;
    `ruled` is what goes whatever else is printed, with the reason. `families`: outcome
    -> those that its p-value is adjusted with. `days`: those of a curve that may be
    told. `joinings`: distribution -> the bands it could be told in. `scores`: outcome
    -> those that it is made of. `decided`: pieces that an officer decided to print.
    """

    analysis: Json
    claims: tuple[Claim, ...]
    ruled: Mapping[str, str]
    families: Mapping[str, str]
    days: Mapping[str, Collection[int]]
    joinings: Mapping[str, Joining]
    norms: Norms
    scores: Mapping[str, Collection[str]]
    decided: frozenset[str] = frozenset()

    def hidden(self, released: Released) -> dict[str, str]:
        """Every piece that is withheld, with the reason (for the officer only)."""
        judged = {
            one.row.removeprefix(PREFIX): one.reason
            for one in released.decisions
            if one.row.startswith(PREFIX) and one.reason != BY_DECISION
        }
        hidden = follows(self.analysis, {**judged, **self.ruled}, self.scores)
        return {key: why for key, why in hidden.items() if key not in self.decided}

    def public(self, released: Released) -> Json:
        """The analysis as it may be printed."""
        hidden = self.hidden(released)
        told = without(
            self.analysis,
            hidden,
            families=self.families,
            days=self.days,
            norms=self.norms,
        )
        return with_bands(told, self.joinings, hidden)

    def decisions(self, released: Released) -> tuple[Decision, ...]:
        """Those of the report and its tables, then those of the analysis."""
        others = [d for d in released.decisions if not d.row.startswith(PREFIX)]
        reasons = reasons_with_bands(self.hidden(released), self.joinings)
        reasons |= dict.fromkeys(self.decided, BY_DECISION)
        return (
            *others,
            *(
                Decision(ANALYSIS, key, None, None, None, key.split("|")[0], reason)
                for key, reason in sorted(reasons.items())
            ),
        )


def lay_before(
    people: People,
    configuration: Configuration,
    analysis: Json,
    *,
    norms: Norms | None = None,
    dataset: Dataset | None = None,
    by_decision: Collection[str] = (),
    before: Sequence[Json] = (),
) -> Judged:
    """Make everything that an analysis tells ready to be judged.

    Args:
        people, configuration: what the analysis was made of.
        analysis: as `running.as_json` wrote it, nothing left out.
        dataset: of the tables in the same report; its `person` is that of `people`.
        by_decision: keys of figures (`key_of`) that an officer decided to print; give
            the same to `protect`.
        before: what earlier editions told beside their figures (`kept_for_next`).
    """
    decided = frozenset(
        key.removeprefix(OF_ANALYSIS)
        for key in by_decision
        if key.startswith(OF_ANALYSIS)
    )
    norms = norms or default_norms()
    ground = ground_of(people, configuration, dataset, norms)
    every = ruled_out(
        people,
        configuration,
        analysis,
        ground.blocks,
        norms,
        beside_tables=dataset is not None,
        before=before,
    )
    ruled = {key: why for key, why in every.items() if key not in decided}
    joinings = joinings_of(analysis, ground.blocks, ruled, norms)
    return Judged(
        analysis=analysis,
        claims=(
            *claims_of(analysis, ground, frozenset(ruled)),
            *border_claims(joinings, PREFIX),
            *opaque_claims(analysis, configuration, frozenset(ruled), ground.blocks),
            *asked_in_claims(people, configuration, analysis),
        ),
        ruled=ruled,
        families={one.code: one.corrected_with for one in people.outcomes},
        days=days_told(people, configuration, analysis, norms),
        joinings=joinings,
        norms=norms,
        scores={code: scale.outcomes for code, scale in people.scores.items()},
        decided=decided,
    )


def protect_analysis(
    people: People,
    configuration: Configuration,
    analysis: Json,
    norms: Norms | None = None,
    everybody: TargetList | None = None,
) -> tuple[Json, tuple[Decision, ...]]:
    """Judge an analysis by itself, when there are no tables beside it.

    It is made anew where those who proved not to belong are too few to be told apart.

    Raises DisclosureError when it cannot be protected.
    """
    few = few_outside(people, norms or default_norms())
    if few:
        people = counted_together(people, configuration)
        analysis = as_json(analyse(people, configuration, everybody))
    judged = lay_before(people, configuration, analysis, norms=norms)
    released = protect((), judged.claims, norms=norms)
    public = judged.public(released)
    return without_status(public) if few else public, judged.decisions(released)
