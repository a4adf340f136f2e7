"""How many outcomes rose and fell: only what an interval can carry is counted.

Who counts outcomes soon counts too many: an interval that rests on too few people, or
that holds zero once coaches are counted with, is said apart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trede.reports.effects.analysis_json import AnalysisJson, EstimateJson
from trede.reports.effects.beside_coaches import undone_by_coaches
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of
from trede.reports.wording import number

Words = Mapping[str, Promise]

_EITHER = {
    "few": gettext_lazy("%(outcome)s: too few people for an interval to say anything."),
    "by_coach": gettext_lazy(
        "%(outcome)s: the interval that counts with coaches holds zero or is not shown."
    ),
}
_CHANGED: Words = {
    **_EITHER,
    "up": gettext_lazy("%(outcome)s rose by the 95%% interval."),
    "down": gettext_lazy("%(outcome)s fell by the 95%% interval."),
    "open": gettext_lazy(
        "%(outcome)s: the 95%% interval does not leave out that nothing changed."
    ),
    "hidden": gettext_lazy("%(outcome)s: this is not shown."),
}
_LEAVES_OUT = gettext_lazy(
    "%(outcome)s: the 95%% interval leaves out that the groups are alike."
)
_APART: Words = {
    **_EITHER,
    "up": _LEAVES_OUT,
    "down": _LEAVES_OUT,
    "open": gettext_lazy(
        "%(outcome)s: the 95%% interval does not leave out that the groups are alike."
    ),
}
TOO_FEW = frozenset({"few_for_bootstrap", "cannot_reach_05"})


def _verdict(one: EstimateJson, analysis: AnalysisJson) -> str:
    """What may be counted of an outcome: only what its interval can carry."""
    low, high = ends_of(one.get("ci"))
    if one.get("suppressed"):
        return "hidden"
    if TOO_FEW & set(one.get("notes") or ()):
        return "few"
    if undone_by_coaches(analysis, one):
        return "by_coach"
    if low is not None and low > 0:
        return "up"
    return "down" if high is not None and high < 0 else "open"


def how_many_rose(
    found: Sequence[EstimateJson], analysis: AnalysisJson, names: Names
) -> str:
    """Counted over the outcomes of which the interval leaves out no change."""
    counts = Counter(_verdict(one, analysis) for one in found)
    if len(found) == 1:
        told = _of_one(counts, found[0], names, _CHANGED)
        return " ".join([told, *_few_answered(found)])
    if counts["hidden"] == len(found):
        return _("None of these %(n)s outcomes is shown.") % {"n": number(len(found))}
    told = _(
        "Of %(all)s outcomes %(up)s rose and %(down)s fell by the 95%% interval."
    ) % {
        "all": number(len(found)),
        "up": number(counts["up"]),
        "down": number(counts["down"]),
    }
    return " ".join(
        [told, *_open(counts), *_not_counted(counts), *_few_answered(found)]
    )


def _open(counts: Counter[str]) -> Iterator[str]:
    if rest := counts["open"]:
        yield _("For %(n)s the interval does not leave out that nothing changed.") % {
            "n": number(rest)
        }


def _of_one(counts: Counter[str], one: EstimateJson, names: Names, words: Words) -> str:
    """Of one outcome nothing is counted: it is called by its name."""
    (verdict,) = counts
    return str(words[verdict]) % {"outcome": names.outcome(one["outcome"])}


def _not_counted(counts: Counter[str]) -> Iterator[str]:
    if by_coach := counts["by_coach"]:
        yield _(
            "Not counted: %(n)s of which the interval that counts with coaches holds"
            " zero or is not shown."
        ) % {"n": number(by_coach)}
    if few := counts["few"]:
        yield _("Not counted: %(n)s with too few people for it.") % {"n": number(few)}
    if hidden := counts["hidden"]:
        yield _("Not shown: %(n)s.") % {"n": number(hidden)}


def _few_answered(lines: Sequence[EstimateJson]) -> Iterator[str]:
    """How few there were, when fewer than half of the people are in a figure."""
    known = [
        (n, n + missing)
        for one in lines
        if (n := one.get("n")) is not None
        and (missing := one.get("n_missing")) is not None
        and n < missing
    ]
    if known:
        least, people = min(known)
        yield ngettext(
            "%(count)s outcome rests on fewer than half of the people: on %(least)s of"
            " %(people)s.",
            "%(count)s outcomes rest on fewer than half of the people: at the least on"
            " %(least)s of %(people)s.",
            len(known),
        ) % {"count": len(known), "least": number(least), "people": number(people)}


def how_many_differ(
    group: Sequence[EstimateJson], analysis: AnalysisJson, names: Names
) -> str:
    """The same beside a comparison: whether the groups are told apart."""
    group = [one for one in group if not one.get("suppressed")]
    counts = Counter(_verdict(one, analysis) for one in group)
    if not group:
        return _("This is not shown: too few people stand behind it.")
    if len(group) == 1:
        return _of_one(counts, group[0], names, _APART)
    told = _(
        "Of %(all)s outcomes the 95%% interval of %(apart)s leaves out that the groups"
        " are alike."
    ) % {
        "all": number(len(group)),
        "apart": number(counts["up"] + counts["down"]),
    }
    return " ".join([told, *_not_counted(counts)])
