"""The pages for the council and for participants on paper: tagged, one sheet each."""

from dataclasses import asdict

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from trede.documents.typesetting import typeset
from trede.reports.drawing import Picture, as_svg
from trede.reports.models import Edition
from trede.reports.summaries.council import CouncilPage
from trede.reports.summaries.participants_page import ParticipantsPage, Share


def headings() -> dict[str, str]:
    return {
        "done": _("What was done?"),
        "people": _("With whom?"),
        "cannot_say": _("What these figures cannot say"),
    }


def notices(page: CouncilPage) -> list[str]:
    if not page.invented:
        return []
    return [_("This is a demo: the people and their answers are made up.")]


def council_pdf(edition: Edition, page: CouncilPage) -> bytes:
    run = edition.run
    data = {
        "language": (translation.get_language() or "nl")[:2],
        "direction": "ltr",
        "made_on": timezone.localdate(run.at).isoformat(),
        "municipality": run.study.pilot.municipality.name,
        "footer": run.study.pilot.municipality.name,
        "title": page.title,
        "under": page.under,
        "state": page.state,
        "notices": notices(page),
        "done": page.done,
        "people": page.people,
        "svg": _half_a_sheet_wide(page.picture),
        "svg_told": page.picture.told if page.picture else "",
        "changed_title": page.changed_title,
        "changed": [
            {"about": one.about, "sentences": one.sentences, "hidden": one.hidden}
            for one in page.changed
        ],
        "directions": as_svg(page.directions) if page.directions else "",
        "directions_told": page.directions.told if page.directions else "",
        "not_changed": page.not_changed,
        "cannot_say": page.cannot_say,
        "more": page.more,
        "words": headings(),
    }
    return typeset("council", data)


def _half_a_sheet_wide(picture: Picture | None) -> str:
    """As it is drawn for a telephone."""
    return as_svg(picture.narrow or picture) if picture else ""


def participants_pdf(edition: Edition, page: ParticipantsPage) -> bytes:
    words = page.words
    data = {
        "language": page.said.language,
        "direction": page.direction,
        "made_on": timezone.localdate(edition.run.at).isoformat(),
        "municipality": edition.study.pilot.municipality.name,
        "footer": words.footer,
        "words": asdict(words),
        "title": words.title,
        "who": page.who,
        # Whoever is handed one reads that in their own language.
        "state": words.concept if page.state else "",
        "invented": words.invented if page.invented else "",
        "shares": [_share(share) for share in page.shares],
        "changes": [
            {"about": one.about, "shares": [_share(share) for share in one.shares]}
            for one in page.changes
        ],
    }
    return typeset("participants", data)


def _share(share: Share) -> dict[str, str]:
    return {
        "words": share.words,
        "told": share.told,
        "svg": as_svg(share.picture),
        "alt": share.picture.told,
    }
