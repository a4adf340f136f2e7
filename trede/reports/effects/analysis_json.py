"""The shape of an analysis as it comes in: codes and numbers, never sentences.

Every entry may say `suppressed`; its figures are then None, and a page says that they
are withheld. An older run may lack a key altogether.
"""

from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from trede.reports.effects.times_json import ExitsJson, TimesJson

End = float | str | None  # "inf" and "-inf" are ends that are nowhere
Ends = Sequence[End] | None
Counts = Sequence[int | None]


class SizeJson(TypedDict, total=False):
    name: str
    value: End
    ci: Ends


class EstimateJson(TypedDict, total=False):
    outcome: str
    type: str
    question: str
    primary: bool
    family: str
    contrast: str
    headline: bool
    n: int | None
    n_missing: int | None
    estimate: End
    ci: Ends
    ci_method: str | None
    p: float | None
    p_holm: float | None
    p_bh: float | None
    size: SizeJson | None
    sizes: Sequence[SizeJson]
    method: str
    se: float | None
    df: float | None
    notes: Sequence[str]
    suppressed: str | None


class RefusedJson(TypedDict, total=False):
    outcome: str
    contrast: str
    what: str
    why: str
    has: float | None
    needed: float | None


class OutcomeJson(TypedDict, total=False):
    outcome: str
    contrast: str
    type: str
    question: str
    primary: bool
    group: str
    n: int | None
    n_missing: int | None
    values: Sequence[float] | None
    # Answers told together, from the lowest to the highest of each band.
    bands: Sequence[Sequence[int]]
    before: Counts | None
    after: Counts | None
    cells: Sequence[Counts] | None
    mean_before: float | None
    mean_after: float | None
    sd_before: float | None
    sd_after: float | None
    share_before: float | None
    share_after: float | None
    up: int | None
    same: int | None
    down: int | None
    suppressed: str | None


class StepJson(TypedDict, total=False):
    domain: str
    n: int | None
    share: float | None
    ci: Ends
    suppressed: str | None


class EndJson(TypedDict, total=False):
    before: int | None
    after: int | None


class LadderJson(TypedDict, total=False):
    outcome: str
    contrast: str
    treads: int
    cells: Sequence[Counts] | None
    n: int | None
    n_missing: int | None
    group: str
    floor: EndJson | None
    ceiling: EndJson | None
    estimates: Sequence[EstimateJson]
    small_steps: Sequence[StepJson] | None
    suppressed: str | None


class WayJson(TypedDict, total=False):
    outcome: str
    contrast: str
    way: str
    n: int | None
    n_missing: int | None
    estimate: End
    bounds: Ends
    ci: Ends
    p: float | None
    method: str
    notes: Sequence[str]
    effective_n: float | None
    largest_weight: float | None
    df: float | None
    suppressed: str | None


class ShareJson(TypedDict, total=False):
    value: float | str
    n: int | None
    share: float | None


class SideJson(TypedDict, total=False):
    n: int | None
    n_missing: int | None
    mean: float | None
    sd: float | None
    shares: Sequence[ShareJson]


class CovariateJson(TypedDict, total=False):
    name: str
    moment: str | None
    kind: str
    stayed: SideJson | None
    left: SideJson | None
    smd: float | None
    smd_weighted: float | None
    ci: Ends
    p: float | None
    suppressed: str | None


class LeftJson(TypedDict, total=False):
    group: str
    n: int | None
    left: int | None
    share: float | None
    ci: Ends
    suppressed: str | None


class AttritionJson(TypedDict, total=False):
    groups: Sequence[LeftJson]
    n_stayed: int | None
    n_left: int | None
    covariates: Sequence[CovariateJson]
    refused: Sequence[RefusedJson]
    suppressed: str | None


class ListedLevelJson(TypedDict, total=False):
    names: Sequence[str]
    listed: int | None
    reached: int | None
    smd: float | None
    ci: Ends


class ListedJson(TypedDict, total=False):
    name: str
    levels: Sequence[ListedLevelJson]
    distance: float | None
    suppressed: str | None


class ReachedJson(TypedDict, total=False):
    listed: int | None
    reached: int | None
    characteristics: Sequence[ListedJson]
    refused: Sequence[RefusedJson]
    suppressed: str | None


class InstrumentJson(TypedDict, total=False):
    scale: str | None
    outcome: str | None
    kind: str
    moment: str
    n: int | None
    n_missing: int | None
    value: float | None
    ci: Ends
    p: float | None
    level: str | None
    reference: str | None
    size: float | None
    method: str
    notes: Sequence[str]
    suppressed: str | None


class LevelJson(TypedDict, total=False):
    level: str
    n: int | None
    estimate: End
    ci: Ends
    suppressed: str | None


class AskedInJson(TypedDict, total=False):
    moment: str
    level: str
    n: int | None
    suppressed: str | None


class ChangeInJson(TypedDict, total=False):
    pairs: Sequence[tuple[str, str]]
    n: int | None
    estimate: End
    ci: Ends


class ByCircumstanceJson(TypedDict, total=False):
    outcome: str
    contrast: str
    n: int | None
    n_missing: int | None
    levels: Sequence[ChangeInJson]
    suppressed: str | None


class SubgroupJson(TypedDict, total=False):
    subgroup: str
    outcome: str
    contrast: str
    n: int | None
    levels: Sequence[LevelJson]
    interaction: float | None
    interaction_ci: Ends
    notes: Sequence[str]
    interaction_p: float | None
    method: str | None
    refused: Sequence[RefusedJson]
    suppressed: str | None


class PrecisionJson(TypedDict, total=False):
    outcome: str
    contrast: str
    group: str
    in_points: float | None
    n: int | None
    detectable: float | None
    unit: str
    power: float
    alpha: float
    design_effect: float | None
    icc: float | None
    suppressed: str | None


class BalanceJson(TypedDict, total=False):
    covariates: Sequence[CovariateJson]
    effective_n: float | None
    largest_weight: float | None
    n_missing: int | None
    method: str
    notes: Sequence[str]
    suppressed: str | None


class MeasuredJson(TypedDict, total=False):
    contrast: str
    before: int | None
    after: int | None
    both: int | None
    neither: int | None
    suppressed: str | None


class FlowJson(TypedDict, total=False):
    people: int | None
    status: Mapping[str, int | None] | None
    measured: Sequence[MeasuredJson]
    suppressed: str | None


class AmendmentJson(TypedDict):
    on: str
    reason: str


class AnalysisJson(TypedDict, total=False):
    design: str
    language: str
    estimand: str
    seed: int
    flow: FlowJson
    estimates: Sequence[EstimateJson]
    refused: Sequence[RefusedJson]
    balance: BalanceJson | None
    types_guessed: Sequence[str]
    amendments: Sequence[AmendmentJson]
    outcomes: Sequence[OutcomeJson]
    times: Sequence[TimesJson]
    ladder: LadderJson | None
    sensitivity: Sequence[WayJson]
    attrition: AttritionJson | None
    reached: ReachedJson | None
    instrument: Sequence[InstrumentJson]
    subgroups: Sequence[SubgroupJson]
    asked_in: Sequence[AskedInJson]
    by_circumstance: Sequence[ByCircumstanceJson]
    exits: Sequence[ExitsJson]
    precision: Sequence[PrecisionJson]


def analysis_in(found: Mapping[str, object]) -> AnalysisJson:
    return cast(AnalysisJson, found)


def headlines(analysis: AnalysisJson, contrast: str) -> list[EstimateJson]:
    """The first estimate of each outcome in a contrast, in the order asked."""
    return [
        one
        for one in analysis.get("estimates") or ()
        if one["contrast"] == contrast and one.get("headline")
    ]


def main_contrasts(analysis: AnalysisJson) -> list[str]:
    """The differences of everybody together, without those of parts of the people."""
    found = (one["contrast"] for one in analysis.get("estimates") or ())
    return list(dict.fromkeys(name for name in found if "/" not in name))


def measured_contrasts(analysis: AnalysisJson) -> list[str]:
    """The differences between two moments that there are figures of."""
    found = (one["contrast"] for one in analysis.get("outcomes") or ())
    return list(dict.fromkeys(found))


def parts_of(analysis: AnalysisJson, contrast: str) -> list[str]:
    """The groups or pilots that are also told by themselves in this contrast."""
    found = (one["contrast"] for one in analysis.get("estimates") or ())
    start = f"{contrast}/"
    names = (name.removeprefix(start) for name in found if name.startswith(start))
    return list(dict.fromkeys(names))


def outcome_of(
    analysis: AnalysisJson, outcome: str, contrast: str, group: str = ""
) -> OutcomeJson | None:
    for one in analysis.get("outcomes") or ():
        same = one["outcome"] == outcome and one["contrast"] == contrast
        if same and one.get("group", "") == group:
            return one
    return None
