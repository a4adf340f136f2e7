"""The report on paper: a tagged PDF that a screen reader can read, and a web page.

Both are laid out from the same report as the screen, so that the figures are the same.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import cast

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from trede.documents.typesetting import typeset
from trede.environment import ROOT
from trede.reports.figures_json import Json
from trede.reports.models import Edition
from trede.reports.page import Report, lay_out_report
from trede.reports.sections_as_data import chapter_as_data, grid_as_data
from trede.reports.wording import Wording
from trede.studies.models import Run

STYLE = ROOT / "trede" / "static" / "css" / "alone.css"


def pdf(
    run: Run,
    results: Json,
    *,
    view: str,
    wording: Wording,
    edition: Edition | None = None,
) -> bytes:
    report = lay_out_report(
        run, results, public=view == "public", words=wording, edition=edition
    )
    data = {
        "language": (translation.get_language() or "nl")[:2],
        "direction": "ltr",
        "made_on": timezone.localdate(run.at).isoformat(),
        "municipality": run.study.pilot.municipality.name,
        "footer": report.under,
        "title": report.title,
        "under": report.under,
        "state": state_of(edition),
        "notices": notices(report, view),
        "chapters": [chapter_as_data(chapter) for chapter in report.chapters],
        "book": asdict(report.book),
        "appendix": [chapter_as_data(chapter) for chapter in report.appendix],
        "words": _headings(report),
        "flow": [[each.label, str(each.n), each.note] for each in report.flow],
        "dropouts": report.dropouts,
        "waves": grid_as_data(report.waves),
        "held_back": report.held_back,
        "cannot_say": report.cannot_say,
        "made": how_made(run),
    }
    return typeset("report", data)


def state_of(edition: Edition | None) -> str:
    approved = edition is not None and edition.state == Edition.State.APPROVED
    return "" if approved else _("Concept, not approved yet")


def how_made(run: Run) -> str:
    """Enough to make the same figures again."""
    day = timezone.localdate(run.at)
    # A run from before these were kept knows that of Trede alone.
    versions = cast(
        Mapping[str, str], run.results.get("versions") or {"Trede": run.version}
    )
    return made_with(day=day, versions=versions, data_hash=run.data_hash)


def made_with(*, day: date, versions: Mapping[str, str], data_hash: str) -> str:
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    return _("Computed on %(day)s with %(versions)s. Hash of the data: %(hash)s.") % {
        "day": day.strftime("%d-%m-%Y"),
        "versions": named,
        "hash": data_hash,
    }


def web_page(run: Run, results: Json, *, view: str, wording: Wording) -> str:
    """One file that stands by itself: no script, nothing from elsewhere."""
    report = lay_out_report(run, results, public=view == "public", words=wording)
    context = {
        "report": report,
        "run": run,
        "notices": notices(report, view),
        "why_hidden": why_hidden(),
        "language": (translation.get_language() or "nl")[:2],
        "style": standing_style(),
    }
    return render_to_string("reports/alone.html", context)


def standing_style() -> str:
    """The looks of a page that stands alone; the platform's own need its theme."""
    return f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>"


def notices(report: Report, view: str) -> list[str]:
    """What must be said on every page that shows these figures."""
    told = []
    if report.invented:
        told.append(_("This is a demo: the people and their answers are made up."))
    if report.simulated:
        told.append(
            _("The answers of %(waves)s are simulated.") % {"waves": report.simulated}
        )
    if view != "public":
        told.append(for_researchers())
    return told


def for_researchers() -> str:
    return _(
        "Researcher's view: small groups can be recognised in it. Do not pass it on."
    )


def _headings(report: Report) -> dict[str, str]:
    return {
        "method": _("Method"),
        "hidden": _("Hidden"),
        "why_hidden": why_hidden(),
        "flow": _("From the list to the evaluation"),
        "step": _("Step"),
        "people": _("People"),
        "fell_away": _("Who fell away, and why"),
        "waves": _("What was measured"),
        "held_back": _("Why the evaluation is not shown"),
        "cannot_say": _("What these figures cannot say"),
        "annexes": _("Annexes"),
        "contents": _("In this report"),
    }


def why_hidden() -> str:
    return _(
        "Groups of fewer than five people are hidden, and so is every figure from which"
        " one could work them out."
    )
