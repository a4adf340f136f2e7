"""How good the questions were: whether a scale hangs together, who gave no answer,
whether an answer could still go up or down, and whether the asking made a difference.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from trede.reports.effects.analysis_json import AnalysisJson, InstrumentJson
from trede.reports.effects.asking_words import ASKED_BY, asked_told
from trede.reports.effects.figures import (
    DASH,
    Unit,
    counted,
    share_shown,
    shown,
    value_shown,
)
from trede.reports.effects.methods_told import notes_told
from trede.reports.effects.names import Names
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.sections import Section
from trede.reports.wording import number, percent

KINDS = {
    "alpha": pgettext_lazy("reliability", "Cronbach's alpha"),
    "alpha_bca": pgettext_lazy("reliability", "Cronbach's alpha, bootstrap interval"),
    "omega": pgettext_lazy("reliability", "Omega"),
}
LARGEST = 10  # differences by the way of asking that are told
PLAIN = Unit("plain", 2, difference=False)
Found = Sequence[InstrumentJson]


def questionnaire_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    found = analysis.get("instrument") or ()
    if scales := [one for one in found if one["kind"] in KINDS]:
        yield _scales(scales, found, names)
    if answers := [one for one in found if one["kind"] in _OF_ITEMS]:
        yield _answers(answers, names)
    for kind, words in ASKED_BY.items():
        if differing := [one for one in found if one["kind"] == kind]:
            yield _by_asking(kind, str(words), differing, names)


# Scales ------------------------------------------------------------------------------


def _scales(scales: Found, found: Found, names: Names) -> Section:
    items = [one for one in found if one["kind"] == "item_rest"]
    return Section(
        "reliability",
        _("Do the questions of a scale belong together?"),
        _reliable(scales, names),
        grid=Grid(
            _("Reliability of the scales"),
            (_("Moment"), "n", _("Value"), _("95% interval")),
            tuple(_scale_line(one, names) for one in scales),
        ),
        points=_against(items, names),
        method=[
            _(
                "1 means that the questions measure the same thing, 0 that they have"
                " nothing in common. Below 0.7 a scale is usually not used to judge"
                " people, but it can still be used for groups."
            ),
            *notes_told(note for one in scales for note in one.get("notes") or ()),
        ],
    )


def _reliable(scales: Found, names: Names) -> str:
    told = []
    for one in scales:
        value = one.get("value")
        if one["kind"] == "alpha" and value is not None:
            told.append(
                _("%(scale)s (%(moment)s): alpha %(value)s.")
                % {
                    "scale": names.outcome(one.get("scale") or ""),
                    "moment": names.wave(one["moment"]),
                    "value": number(value, 2),
                }
            )
    return " ".join(told)


def _scale_line(one: InstrumentJson, names: Names) -> Line:
    withheld = one.get("suppressed")
    ends = PLAIN.interval(one.get("ci")) if one.get("ci") else DASH
    return Line(
        f"{names.outcome(one.get('scale') or '')}: {KINDS[one['kind']]}",
        (
            Shown(names.wave(one["moment"])),
            counted(one.get("n"), withheld=withheld),
            value_shown(one.get("value"), withheld=withheld),
            shown(ends, withheld=withheld),
        ),
    )


def _against(items: Found, names: Names) -> list[str]:
    """Questions that go against the rest of their scale."""
    return [
        _("“%(item)s” goes against the rest of its scale (%(moment)s: %(value)s).")
        % {
            "item": names.outcome(one.get("outcome") or ""),
            "moment": names.wave(one["moment"]),
            "value": number(one.get("value"), 2),
        }
        for one in items
        if (one.get("value") or 0) < 0
    ]


# Questions ---------------------------------------------------------------------------

_OF_ITEMS = ("nonresponse", "floor", "ceiling")


def _answers(found: Found, names: Names) -> Section:
    moments = list(dict.fromkeys(one["moment"] for one in found))
    outcomes = list(dict.fromkeys(one.get("outcome") or "" for one in found))
    known = {(one.get("outcome"), one["moment"], one["kind"]): one for one in found}
    heads = [
        f"{head} ({names.wave(moment)})"
        for head in (
            pgettext("questionnaire", "No answer"),
            _("Lowest answer"),
            _("Highest answer"),
        )
        for moment in moments
    ]
    lines = []
    for outcome in outcomes:
        cells = [
            known.get((outcome, moment, kind))
            for kind in _OF_ITEMS
            for moment in moments
        ]
        if any(one and not one.get("suppressed") for one in cells):
            lines.append(Line(names.outcome(outcome), tuple(map(_share, cells))))
    return Section(
        "answers",
        _("Did people answer, and could the answers still move?"),
        _crowded(found),
        grid=Grid(
            _("No answer, and answers at the ends of the scale"),
            tuple(heads),
            tuple(lines),
        )
        if lines
        else None,
        points=_not_shown(len(outcomes) - len(lines)),
        method=[
            _(
                "No answer: “don't know”, “rather not say” and skipped, of everybody"
                " who was asked. Where more than 15 in 100 give the highest answer"
                " before, the question can hardly show that people went up."
            )
        ],
    )


def _not_shown(count: int) -> list[str]:
    if not count:
        return []
    return [
        ngettext(
            "Of %(n)s question this is not shown: too few people stand behind it.",
            "Of %(n)s questions this is not shown: too few people stand behind it.",
            count,
        )
        % {"n": number(count)}
    ]


def _share(one: InstrumentJson | None) -> Shown:
    if one is None:
        return Shown(DASH)
    return share_shown(one.get("value"), withheld=one.get("suppressed"))


def _crowded(found: Found) -> str:
    most = [
        one.get("value") or 0
        for one in found
        if one["kind"] == "nonresponse" and one.get("value") is not None
    ]
    crowded = {
        one.get("outcome")
        for one in found
        if one["kind"] != "nonresponse" and "many_at_end" in (one.get("notes") or ())
    }
    # Of what is withheld one might be higher, so then nothing is said.
    if not most or any(one.get("suppressed") for one in found):
        return ""
    return _(
        "At most %(share)s gave no answer to a question. Questions in which more than"
        " 15 in 100 people were at an end of the scale: %(n)s."
    ) % {"share": percent(100 * max(most)), "n": number(len(crowded))}


# The way of asking -------------------------------------------------------------------


def _by_asking(kind: str, words: str, found: Found, names: Names) -> Section:
    known = [one for one in found if one.get("size") is not None]
    known.sort(key=lambda one: -abs(one.get("size") or 0))
    told = known[:LARGEST]
    return Section(
        f"asked-{kind}",
        _("Did it matter how people were asked: %(how)s?")
        % {"how": _ways_compared(found) if kind == "by_mode" else words},
        _apart(known),
        grid=Grid(
            _("The largest differences, each in the unit of its question"),
            ("n", _("Difference"), _("95% interval")),
            tuple(_asking_line(one, names) for one in told),
        ),
        method=[
            _(
                "Who answers in which way is not decided by lot, so a difference may"
                " be one between people. The %(n)s largest of %(all)s differences are"
                " shown; which are the largest goes by standard deviations."
            )
            % {"n": number(len(told)), "all": number(len(found))}
        ],
    )


def _ways_compared(found: Found) -> str:
    """Only the ways that were used; others are no part of the question."""
    codes = (code for one in found for code in (one.get("reference"), one.get("level")))
    told = [asked_told("by_mode", code) for code in dict.fromkeys(codes) if code]
    return "; ".join(told)


def _apart(known: Found) -> str:
    apart = [one for one in known if abs(one.get("size") or 0) > 0.5]
    return _(
        "Of %(all)s differences %(n)s are larger than half a standard deviation."
    ) % {"all": number(len(known)), "n": number(len(apart))}


def _asking_line(one: InstrumentJson, names: Names) -> Line:
    withheld = one.get("suppressed")
    ends = PLAIN.interval(one.get("ci")) if one.get("ci") else DASH
    return Line(
        _("%(outcome)s (%(moment)s): %(level)s, beside %(reference)s")
        % {
            "outcome": names.outcome(one.get("outcome") or ""),
            "moment": names.wave(one["moment"]),
            "level": asked_told(one["kind"], one.get("level")),
            "reference": asked_told(one["kind"], one.get("reference")),
        },
        (
            counted(one.get("n"), withheld=withheld),
            value_shown(one.get("value"), withheld=withheld),
            shown(ends, withheld=withheld),
        ),
    )
