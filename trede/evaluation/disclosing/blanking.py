"""The analysis without what is withheld, and without what would follow from it.

A withheld piece keeps its place: its numbers are None and `suppressed` says
"withheld", never why. What is printed is printed a little coarser than it was
computed, so that nobody computes back from the fifteenth digit:

* p-values to two digits;
* of what rests on models, weights, draws or errors by coach: three digits;
* of curves over time only days by which enough more people had the event, no day of a
  single person.

A p-value adjusted for many questions is a function of all their p-values. It is
computed again as if each withheld test had found nothing at all (p = 1): the family
stays as large as it was planned. So it says nothing of what is withheld, and it is
never smaller than the one in the full analysis.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from typing import cast

from trede.evaluation.adjusting import benjamini_hochberg, holm
from trede.evaluation.disclosing.curves import coarser
from trede.evaluation.disclosing.dependent import refused_of_all, refused_pilots
from trede.evaluation.disclosing.depths import BY_START
from trede.evaluation.disclosing.reaching import blank_reached
from trede.evaluation.disclosing.reading import (
    LEVEL_PIECES,
    Json,
    asked_in_key,
    attrition_key,
    block_name,
    by_circumstance_key,
    entries,
    exits_key,
    instrument_key,
    level_key,
    line_key,
    lines,
    part,
    precision_key,
    refused_key,
    sensitivity_key,
    subgroup_key,
    test_key,
    text,
    time_key,
)
from trede.evaluation.norms import Norms
from trede.evaluation.running.counted_otherwise import LEFT_OUT, WITH_UNKNOWN
from trede.evaluation.running.design import Design
from trede.evaluation.running.pilots import OF_FIGURES
from trede.evaluation.synthesis.random_effects import HEADLINE
from trede.evaluation.withholding import WITHHELD

# What says which piece it is, and nothing about anybody.
NAMES = frozenset(
    {
        *("outcome", "contrast", "type", "question", "primary", "group", "headline"),
        *("method", "way", "scale", "kind", "moment", "level", "reference", "domain"),
        *("subgroup", "name", "unit", "power", "alpha", "what", "treads", "horizon"),
        *("family", "smd_name"),
    }
)
# Empty rather than absent: a list of remarks or sizes can be read without asking.
LISTS = frozenset({"notes", "sizes", "levels", "refused", "shares", "censored"})
LISTED = LISTS | {"at_risk", "ways"}
TEST_WITHHELD, SEVERAL_PILOTS = "test_withheld", str(Design.SEVERAL_PILOTS)
BY_COACH = ("_cr2", "wild_bootstrap", "icc_anova")
DIGITS_OF_P = 2
DIGITS_OF_MODELS = 3
# Of these nothing is a count, but for the numbers of people.
OF_MODELS = ("sensitivity", "instrument", "subgroups", "by_circumstance", "exits")
P = ("p", "p_holm", "p_bh", "interaction_p")


def without(
    analysis: Json,
    hidden: Collection[str],
    *,
    families: Mapping[str, str],
    days: Mapping[str, Collection[int]],
    norms: Norms,
) -> Json:
    """The analysis as the public sees it.

    Args:
        hidden: names of the pieces that go.
        families: outcome -> with which others its p-values are adjusted.
        days: name of a curve -> the days that may be told of it.
        norms: by how many people the numbers under a curve must differ.
    """
    told = deepcopy(analysis)
    _one_line_of_all_pilots(told, hidden)
    _headlines_of_refused_pilots(told)
    _nothing_beside(told, hidden)
    _blank_lines(told, hidden)
    _blank_levels(told, hidden)
    for section, key_of in (
        ("sensitivity", sensitivity_key),
        ("instrument", instrument_key),
        ("subgroups", subgroup_key),
        ("asked_in", asked_in_key),
        ("by_circumstance", by_circumstance_key),
        ("precision", precision_key),
        ("times", time_key),
        ("exits", exits_key),
    ):
        _blank_entries(entries(told, section), hidden, key_of)
    _blank_ladder(told, hidden)
    _blank_attrition(told, hidden)
    blank_reached(told, hidden)
    _blank_flow(told, hidden)
    _blank_refusals(told, hidden)
    if "balance" in hidden:
        told["balance"] = None
    told["times"] = [
        coarser(one, days.get(time_key(one), ()), norms)
        for one in entries(told, "times")
    ]
    _adjust(told, families)
    _round(told)
    return told


def _withheld(entry: Json) -> None:
    """An entry with nothing left but its names."""
    for key, value in entry.items():
        if key not in NAMES:
            entry[key] = [] if key in LISTED and isinstance(value, list) else None
    entry["suppressed"] = WITHHELD


def _blank_entries(
    found: list[Json], hidden: Collection[str], key_of: Callable[[Json], str]
) -> None:
    for entry in found:
        if key_of(entry) in hidden:
            _withheld(entry)


def _blank_lines(told: Json, hidden: Collection[str]) -> None:
    """Estimates: the number of people stays as long as it stands elsewhere."""
    silent = {
        level_key(level, "sizes").removesuffix("|sizes")
        for level in entries(told, "outcomes")
        if level_key(level, "sizes") in hidden
    }
    for line in lines(told):
        if line_key(line) not in hidden:
            if test_key(line) in hidden:
                _without_test(line)
            continue
        sizes = line.get("n"), line.get("n_missing")
        block = f"outcome|{text(line, 'outcome')}|{text(line, 'contrast')}"
        method = text(line, "method")
        # Of part of the people how many they are is itself a count of answers.
        part = any(one in method for one in ("_of_any", WITH_UNKNOWN, LEFT_OUT))
        # Which pilots are in it says in which of them everybody changed alike.
        whole = not part and not method.endswith(BY_START)
        whole = whole and not method.startswith(OF_FIGURES)
        _withheld(line)
        if block not in silent and whole and text(line, "type") != "time":
            line["n"], line["n_missing"] = sizes


def _nothing_beside(told: Json, hidden: Collection[str]) -> None:
    """Of a withheld headline only its own line stays. Where everybody changed alike
    some methods do not exist: which are empty, or refused, would tell that."""
    gone = {
        (text(line, "outcome"), text(line, "contrast"))
        for line in lines(told)
        if line.get("headline") and (line_key(line) in hidden or line.get("suppressed"))
    }
    for holder, section, key_of in (
        (told, "estimates", line_key),
        (part(told, "ladder") or {}, "estimates", line_key),
        (told, "precision", precision_key),
        (told, "sensitivity", sensitivity_key),
        (told, "refused", refused_key),
    ):
        if section in holder:
            holder[section] = [
                one
                for one in entries(holder, section)
                if (text(one, "outcome"), block_name(one)) not in gone
                or key_of(one) not in hidden
                or one.get("headline")
            ]


def _headlines_of_refused_pilots(told: Json) -> None:
    """A pilot in which too few answered both times has no figure. It looks like one of
    which the figure is withheld: a refusal would say how few they are."""
    estimates = entries(told, "estimates")
    for outcome, contrast in sorted(refused_pilots(told)):
        whole, _, _group = contrast.partition("/")
        family = [
            line
            for line in estimates
            if text(line, "outcome") == outcome
            and text(line, "contrast").partition("/")[0] == whole
        ]
        alike = [line for line in family if line.get("headline")]
        if alike and "/" in text(alike[0], "contrast"):
            made = alike[0] | {"contrast": contrast}
            _withheld(made)
            after = (line for line in family if _comes_after(line, contrast))
            place = next(after, None)
            at = len(estimates) if place is None else estimates.index(place)
            estimates.insert(at, made)


def _comes_after(line: Json, contrast: str) -> bool:
    """Pilots stand by name, all of them together behind."""
    name = text(line, "contrast")
    return name > contrast or "/" not in name


def _one_line_of_all_pilots(told: Json, hidden: Collection[str]) -> None:
    """Of three pilots one in which everybody changed alike leaves no figure of all of
    them. That is a refusal; it and whatever is hidden of all of them look the same: a
    headline that is withheld, and nothing beside it."""
    gone = {
        (text(one, "outcome"), text(one, "contrast"))
        for one in (*_headlines_of_all_pilots(told, hidden), *refused_of_all(told))
    }

    def stays(entry: Json) -> bool:
        place = text(entry, "outcome"), text(entry, "contrast")
        return place not in gone or entry.get("why") == SEVERAL_PILOTS

    kept = [one for one in entries(told, "estimates") if stays(one)]
    for outcome, contrast in sorted(gone):
        places = [
            place
            for place, line in enumerate(kept)
            if text(line, "outcome") == outcome
            and text(line, "contrast").startswith(f"{contrast}/")
        ]
        if places:
            alike = kept[places[-1]]
            whole = {"contrast": contrast, "headline": True, "method": HEADLINE}
            kept.insert(places[-1] + 1, alike | whole)
            _withheld(kept[places[-1] + 1])
    told["estimates"] = kept
    told["refused"] = [one for one in entries(told, "refused") if stays(one)]


def _headlines_of_all_pilots(told: Json, hidden: Collection[str]) -> Iterator[Json]:
    if text(told, "design") == SEVERAL_PILOTS:
        for line in entries(told, "estimates"):
            whole = line.get("headline") and "/" not in text(line, "contrast")
            if whole and line_key(line) in hidden:
                yield line


def _without_test(line: Json) -> None:
    """The value and its interval alone."""
    line |= {"p": None, "p_holm": None, "p_bh": None, "size": None, "sizes": []}
    line["notes"] = [TEST_WITHHELD]


def _blank_levels(told: Json, hidden: Collection[str]) -> None:
    for level in entries(told, "outcomes"):
        for piece, fields in LEVEL_PIECES.items():
            if level_key(level, piece) in hidden:
                if any(level.get(field) is not None for field in fields):
                    level["suppressed"] = WITHHELD
                level |= dict.fromkeys(fields)


def _blank_ladder(told: Json, hidden: Collection[str]) -> None:
    ladder = part(told, "ladder")
    if ladder is None:
        return
    for field in ("cells", "floor", "ceiling"):
        if level_key(ladder, field) in hidden:
            ladder[field], ladder["suppressed"] = None, WITHHELD
    if level_key(ladder, "sizes") in hidden:
        ladder["n"] = ladder["n_missing"] = None
    for domain in entries(ladder, "small_steps"):
        if f"ladder|small_steps|{text(domain, 'domain')}" in hidden:
            domain |= {"n": None, "share": None, "ci": None, "suppressed": WITHHELD}


def _blank_attrition(told: Json, hidden: Collection[str]) -> None:
    attrition = part(told, "attrition")
    if attrition is None:
        return
    _blank_entries(entries(attrition, "covariates"), hidden, attrition_key)
    if "attrition|sizes" in hidden:
        attrition |= {"n_stayed": None, "n_left": None, "difference": None}
        attrition["suppressed"] = WITHHELD
        for group in entries(attrition, "groups"):
            _withheld(group)
    attrition["refused"] = []


def _blank_flow(told: Json, hidden: Collection[str]) -> None:
    flow = part(told, "flow")
    if flow is None:
        return
    if "flow|status" in hidden:
        flow["status"], flow["suppressed"] = None, WITHHELD
    for one in entries(flow, "measured"):
        if f"flow|measured|{text(one, 'contrast')}" in hidden:
            one |= dict.fromkeys(("before", "after", "both", "neither"))
            one["suppressed"] = WITHHELD


def _blank_refusals(told: Json, hidden: Collection[str]) -> None:
    """Why something could not be said may tell what everybody answered, and how many
    there were of whom there are few."""
    for entry in entries(told, "refused"):
        if refused_key(entry) in hidden:
            entry |= {"why": WITHHELD, "has": None, "needed": None}


def _adjust(told: Json, families: Mapping[str, str]) -> None:
    """Adjusted p-values of the headlines that are printed."""
    found: dict[tuple[str, str], list[Json]] = {}
    first = next((text(one, "contrast") for one in entries(told, "estimates")), "")
    for line in entries(told, "estimates"):
        if line.get("headline"):
            # A time is followed, not measured twice: it counts with the first contrast.
            contrast = text(line, "contrast").replace(
                "follow_up", first.partition("/")[0]
            )
            family = families.get(text(line, "outcome"), "")
            found.setdefault((family, contrast), []).append(line)
    for family_lines in found.values():
        if not any(map(_untold, family_lines)):
            continue
        p = [1.0 if _untold(one) else _known(one) for one in family_lines]
        for line, one, other in zip(
            family_lines, holm(p), benjamini_hochberg(p), strict=True
        ):
            if not _untold(line):
                line["p_holm"], line["p_bh"] = one, other


def _untold(line: Json) -> bool:
    return bool(line.get("suppressed")) or line.get("notes") == [TEST_WITHHELD]


def _known(line: Json) -> float | None:
    return cast(float | None, line.get("p"))


def _round(told: Json) -> None:
    """Coarser than computed: p everywhere, all numbers of models and draws."""
    compared = text(told, "language") == "effect"
    left = entries(part(told, "attrition"), "covariates")
    models = [entry for section in OF_MODELS for entry in entries(told, section)]
    estimates = list(lines(told))
    for line in estimates:
        of_arms = compared and "/" not in text(line, "contrast")
        if of_arms or _drawn(line):
            _shorten(line, DIGITS_OF_MODELS)
    for entry in (*models, *entries(part(told, "balance"), "covariates")):
        _shorten(entry, DIGITS_OF_MODELS)
    for row in left:
        for key in ("smd", "ci", "detectable"):
            row[key] = _short(row.get(key), DIGITS_OF_MODELS)
    for entry in (*estimates, *models, *left):
        for key in set(P) & entry.keys():
            entry[key] = _short(entry[key], DIGITS_OF_P)


def _drawn(line: Json) -> bool:
    """Of draws, or of errors by coach: whoever knows the caseloads could compute from
    all their digits what the people of each coach add up to."""
    by_coach = any(word in text(line, "method") for word in BY_COACH)
    return by_coach or text(line, "type") in ("hours", "time")


def _shorten(entry: Json, digits: int) -> None:
    for key, value in entry.items():
        if key not in ("n", "n_missing", "needed", "has", "horizon"):
            entry[key] = _short(value, digits)


def _short(value: object, digits: int) -> object:
    """Numbers to so many digits, whatever holds them."""
    if isinstance(value, float):
        return float(f"{value:.{digits}g}")
    if isinstance(value, list):
        return [_short(one, digits) for one in value]
    if isinstance(value, dict):
        return {key: _short(one, digits) for key, one in value.items()}
    return value
