"""How a figure was made, and what could not be made: codes turned into sentences.

A code without a word of its own is printed as it is, so that nothing is lost; a test
holds that every code an estimator can give has a word.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from trede.reports.effects.analysis_json import EstimateJson, RefusedJson
from trede.reports.effects.asked_words import WHATS
from trede.reports.effects.asking_words import ASKED_BY, asked_told
from trede.reports.effects.figures import capital, p_value
from trede.reports.effects.method_words import BEGINNINGS, ENDINGS, METHODS
from trede.reports.effects.names import Names
from trede.reports.effects.needed_words import NEEDED
from trede.reports.effects.note_words import NOTES
from trede.reports.effects.refusal_words import WHYS
from trede.reports.effects.size_words import INTERVALS, SIZES
from trede.reports.wording import number

SMALLEST_P = re.compile(r"smallest_p_2_of_(\d+)")
SHARE_DIFFERENCE = re.compile(r"share_difference_(.+)")
SHARE_FROM = re.compile(r"share_from_([\d.-]+)_(.+)")
LEFT_OUT = re.compile(r"left_out_from_([\d.]+)_(.+)")
LOWERED = re.compile(r"lowered_to_([\d.]+)_(.+)")
STEP_IN = re.compile(r"share_with_step_(.+)")


def method_told(code: str) -> str:
    """The words of a method, with those of its beginning and its endings."""
    if code in METHODS:
        return str(METHODS[code])
    if told := _with_a_part(code):
        return told
    for start, words in BEGINNINGS.items():
        if code.startswith(start):
            return str(words) % {"rest": method_told(code.removeprefix(start))}
    for ending, words in sorted(ENDINGS.items(), key=lambda one: -len(one[0])):
        if code.endswith(ending) and code != ending:
            return f"{method_told(code.removesuffix(ending))}, {words}"
    return code


def _with_a_part(code: str) -> str:
    """Of a method that has an answer or a life domain in its code; "" of others."""
    if found := SHARE_DIFFERENCE.fullmatch(code):
        return _("difference in the share with answer %(answer)s") % {
            "answer": found[1]
        }
    if found := SHARE_FROM.fullmatch(code):
        return _("share with answer %(answer)s or higher: %(rest)s") % {
            "answer": found[1],
            "rest": method_told(found[2]),
        }
    if found := LEFT_OUT.fullmatch(code):
        return _("without answers of %(hours)s hours or more: %(rest)s") % {
            "hours": found[1],
            "rest": method_told(found[2]),
        }
    if found := LOWERED.fullmatch(code):
        return _("more than %(hours)s hours counted as so many: %(rest)s") % {
            "hours": found[1],
            "rest": method_told(found[2]),
        }
    if found := STEP_IN.fullmatch(code):
        return _("share that took a small step: %(domain)s") % {"domain": found[1]}
    return ""


def method_of(estimate: EstimateJson) -> str:
    """The same, with what the figure is when a method has its figure from elsewhere."""
    told, kind = method_told(estimate.get("method", "")), estimate.get("type", "")
    if not estimate.get("method", "").startswith("signed_rank"):
        return told
    if kind == "likert":
        return _("share up minus share down; %(test)s") % {"test": told}
    if kind == "ladder":
        return _("mean change in treads; %(test)s") % {"test": told}
    return told


def interval_told(code: str | None) -> str:
    return str(INTERVALS.get(code or "", code or ""))


def size_told(code: str) -> str:
    return str(SIZES.get(code, code))


def note_told(code: str) -> str:
    if found := SMALLEST_P.fullmatch(code):
        p = p_value(2 / int(found[1])).removeprefix("p = ")
        return _("With so few groups the smallest p-value that can be is %(p)s.") % {
            "p": p
        }
    return str(NOTES.get(code, code))


def notes_told(codes: Iterable[str]) -> list[str]:
    return [note_told(code) for code in dict.fromkeys(codes)]


def what_told(code: str) -> str:
    kind, colon, level = code.partition(":")
    if colon and kind in ASKED_BY:
        return _("the difference between ways of asking (%(how)s: %(level)s)") % {
            "how": ASKED_BY[kind],
            "level": asked_told(kind, level),
        }
    return str(WHATS[code]) if code in WHATS else method_told(code)


def why_told(refused: RefusedJson) -> str:
    """Why not, with how many there are."""
    why = str(WHYS.get(refused["why"], refused["why"]))
    has = refused.get("has")
    if has is None or "%(needed)s" not in str(NEEDED.get(refused["why"], "")):
        return why
    return _("%(why)s (there are %(has)s)") % {"why": why, "has": _count(has)}


def needed_told(refused: RefusedJson) -> str:
    """What would be needed; empty when nothing would help."""
    words, needed = NEEDED.get(refused["why"]), refused.get("needed")
    if words is None or (needed is None and "%(needed)s" in str(words)):
        return ""
    return str(words) % {"needed": "" if needed is None else _count(needed)}


def refusal_told(refused: RefusedJson, names: Names) -> str:
    """One sentence: what could not be told, why, and what would be needed."""
    sentence = _("%(what)s: not estimated, because %(why)s.") % {
        "what": capital(what_told(refused["what"])),
        "why": why_told(refused),
    }
    needed = needed_told(refused)
    if not needed:
        return sentence
    return sentence + " " + _("Needed: %(needed)s.") % {"needed": needed}


def how_estimated(estimate: EstimateJson) -> list[str]:
    """Which test and interval, over how many, and what a reader must know."""
    told = [_("Method: %(method)s.") % {"method": method_of(estimate)}]
    if estimate.get("ci_method"):
        told.append(
            _("95%% interval: %(interval)s.")
            % {"interval": interval_told(estimate.get("ci_method"))}
        )
    return [*told, *notes_told(estimate.get("notes") or ())]


def _count(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 2)
