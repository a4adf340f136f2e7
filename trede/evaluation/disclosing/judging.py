"""What the public may see of an analysis, and the one call that decides it.

The analysis stands in a report beside tables, and a reader has both, with every
earlier edition. So its figures are laid before the same disclosure control, in one
go with the tables: as claims, each with everything that can be worked out from it.
What cannot be counted (weights, drawn values, days) is ruled out by simple rules that
ask for enough people on every side. Whole pieces go, never single numbers of one.

In a study: `judged = lay_before(...)`, then `protect((*claims, *judged.claims))`, then
`judged.public(released)`. Of a file without tables: `protect_analysis`.
"""

from collections.abc import Collection, Mapping
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
from trede.evaluation.disclosing.curves import days_told
from trede.evaluation.disclosing.opaque import opaque_claims
from trede.evaluation.disclosing.outside import (
    counted_together,
    few_outside,
    without_status,
)
from trede.evaluation.disclosing.pieces import PREFIX, claims_of
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.disclosing.ruling import follows, ruled_out
from trede.evaluation.disclosure import Decision, Released, protect
from trede.evaluation.norms import Norms, default_norms
from trede.evaluation.results import Claim
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.laying_out import People

ANALYSIS = "analysis"

__all__ = ["PREFIX", "Judged", "lay_before", "protect_analysis"]


@dataclass(frozen=True)
class Judged:
    """An analysis laid before disclosure control.

    `claims` are to be given to `protect` with the tables and claims of the report;
    `ruled` is what goes whatever else is printed, with the reason. `families`: outcome
    -> those that its p-value is adjusted with. `days`: those of a curve that may be
    told. `joinings`: distribution -> the bands it could be told in.
    """

    analysis: Json
    claims: tuple[Claim, ...]
    ruled: Mapping[str, str]
    families: Mapping[str, str]
    days: Mapping[str, Collection[int]]
    joinings: Mapping[str, Joining]
    norms: Norms

    def hidden(self, released: Released) -> dict[str, str]:
        """Every piece that is withheld, with the reason (for the officer only)."""
        judged = {
            one.row.removeprefix(PREFIX): one.reason
            for one in released.decisions
            if one.row.startswith(PREFIX)
        }
        return follows(self.analysis, {**judged, **self.ruled})

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
) -> Judged:
    """Make everything that an analysis tells ready to be judged.

    Args:
        people, configuration: what the analysis was made of.
        analysis: as `running.as_json` wrote it, nothing left out.
        dataset: of the tables in the same report; its `person` is that of `people`.
    """
    norms = norms or default_norms()
    ground = ground_of(people, configuration, dataset, norms)
    ruled = ruled_out(
        people, analysis, ground.blocks, norms, beside_tables=dataset is not None
    )
    joinings = joinings_of(analysis, ground.blocks, ruled, norms)
    return Judged(
        analysis=analysis,
        claims=(
            *claims_of(analysis, ground, frozenset(ruled)),
            *border_claims(joinings, PREFIX),
            *opaque_claims(analysis, configuration, frozenset(ruled)),
        ),
        ruled=ruled,
        families={one.code: one.corrected_with for one in people.outcomes},
        days=days_told(people, configuration, analysis, norms),
        joinings=joinings,
        norms=norms,
    )


def protect_analysis(
    people: People,
    configuration: Configuration,
    analysis: Json,
    norms: Norms | None = None,
) -> tuple[Json, tuple[Decision, ...]]:
    """Judge an analysis by itself, when there are no tables beside it.

    It is made anew where those who proved not to belong are too few to be told apart.

    Raises DisclosureError when it cannot be protected.
    """
    few = few_outside(people, norms or default_norms())
    if few:
        people = counted_together(people, configuration)
        analysis = as_json(analyse(people, configuration))
    judged = lay_before(people, configuration, analysis, norms=norms)
    released = protect((), judged.claims, norms=norms)
    public = judged.public(released)
    return without_status(public) if few else public, judged.decisions(released)
