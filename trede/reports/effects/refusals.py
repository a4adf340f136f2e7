"""What could not be estimated: what, of which outcomes, why, and what would be needed.

A refusal is told once with all outcomes it holds for, so that a reader sees what is
missing instead of the same sentence thirty times.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.effects.analysis_json import AnalysisJson, RefusedJson
from trede.reports.effects.methods_told import refusal_told
from trede.reports.effects.names import Names
from trede.reports.sections import Section
from trede.reports.wording import number

NAMED = 6


def refusal_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    refused = analysis.get("refused") or ()
    if not refused:
        yield Section(
            "refused",
            _("What could not be estimated?"),
            _("Everything that was asked could be estimated."),
        )
        return
    alike: dict[str, list[RefusedJson]] = {}
    for one in refused:
        alike.setdefault(refusal_told(one, names), []).append(one)
    yield Section(
        "refused",
        _("What could not be estimated?"),
        ngettext(
            "%(n)s figure that was asked for could not be given.",
            "%(n)s figures that were asked for could not be given.",
            len(refused),
        )
        % {"n": number(len(refused))},
        points=[
            f"{sentence} {_of_which(entries, names)}".strip()
            for sentence, entries in alike.items()
        ],
    )


def _of_which(entries: list[RefusedJson], names: Names) -> str:
    found = list(dict.fromkeys(_named(one, names) for one in entries))
    known = [name for name in found if name]
    if not known:
        return ""
    told = ", ".join(known[:NAMED])
    more = len(known) - NAMED
    if more > 0:
        told = _("%(names)s and %(n)s more") % {"names": told, "n": number(more)}
    return _("For: %(names)s.") % {"names": told}


def _named(one: RefusedJson, names: Names) -> str:
    outcome, contrast = one.get("outcome", ""), one.get("contrast", "")
    if not outcome:
        return ""
    _whole, _slash, part = contrast.partition("/")
    told = names.outcome(outcome)
    return f"{told} ({names.group(part)})" if part else told
