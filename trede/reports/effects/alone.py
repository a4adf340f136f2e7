"""A report that stands by itself: of a file, without a study or a platform around it.

The same chapters as a study's report, as a tagged PDF or as one web page without
scripts and with nothing from elsewhere.
"""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from trede.documents.typesetting import typeset
from trede.reports.printing import standing_style, why_hidden
from trede.reports.sections import Chapter
from trede.reports.sections_as_data import chapter_as_data


@dataclass(frozen=True)
class Paper:
    """`made` says with what and from which data; `made_on` is the file's own day."""

    title: str
    under: str
    notices: list[str]
    chapters: list[Chapter]
    made: str
    made_on: date


def as_pdf(paper: Paper) -> bytes:
    data = {
        "language": _language(),
        "direction": "ltr",
        "made_on": paper.made_on.isoformat(),
        "municipality": "Trede",
        "footer": paper.title,
        "title": paper.title,
        "under": paper.under,
        "notices": paper.notices,
        "contents": _("Contents"),
        "chapters": [chapter_as_data(chapter) for chapter in paper.chapters],
        "made": paper.made,
        "words": {
            "method": _("Method"),
            "hidden": _("Hidden"),
            "why_hidden": why_hidden(),
        },
    }
    return typeset("analysis", data)


def as_web_page(paper: Paper) -> str:
    context = {
        "paper": paper,
        "language": _language(),
        "why_hidden": why_hidden(),
        "style": standing_style(),
    }
    return render_to_string("reports/analysis_alone.html", context)


def _language() -> str:
    return (translation.get_language() or "nl")[:2]
