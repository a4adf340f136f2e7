"""An analysis as a report: the part of `trede evaluate` and `trede synthesise` that
writes pages.

It is called with plain figures, after Django was set up for languages and templates;
nothing is read from a database.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.effects.alone import Paper, as_pdf, as_web_page
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.names import Names
from trede.reports.effects.pilots_together import synthesis_chapters
from trede.reports.printing import for_researchers, made_with
from trede.reports.word_list import word_list
from trede.reports.wording import number


def print_analysis(
    found: Mapping[str, object],
    *,
    source: Path,
    data_hash: str,
    versions: Mapping[str, str],
    out: Path,
    labels: Mapping[str, str],
    language: str,
    public: bool,
) -> None:
    """One file's analysis, as .pdf or .html."""
    with translation.override(language):
        effect = found.get("language") == "effect"
        title = (
            _("What did taking part make different?") if effect else _("What changed?")
        )
        chapters = effect_chapters(found, Names(outcomes=labels))
        paper = Paper(
            title,
            _("Analysis of %(file)s.") % {"file": source.name},
            [_for_the_public() if public else for_researchers()],
            [*chapters, *word_list(chapters)],
            _made(data_hash, versions),
            timezone.localdate(),
        )
        _write(paper, out)


def print_synthesis(
    found: Mapping[str, object],
    *,
    sources: Sequence[Path],
    versions: Mapping[str, str],
    out: Path,
    language: str,
) -> None:
    """Several pilots together, as .pdf or .html; what they handed over was judged."""
    with translation.override(language):
        told = ngettext(
            "%(n)s file of summaries.", "%(n)s files of summaries.", len(sources)
        )
        chapters = synthesis_chapters(found)
        paper = Paper(
            _("What do the pilots say together?"),
            told % {"n": number(len(sources))},
            [],
            [*chapters, *word_list(chapters)],
            _made(_hash(sources), versions),
            timezone.localdate(),
        )
        _write(paper, out)


def _for_the_public() -> str:
    return _("For the public: figures that could give somebody away are not shown.")


def _hash(sources: Sequence[Path]) -> str:
    digest = sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _made(data_hash: str, versions: Mapping[str, str]) -> str:
    return made_with(day=timezone.localdate(), versions=versions, data_hash=data_hash)


def _write(paper: Paper, out: Path) -> None:
    if out.suffix == ".pdf":
        out.write_bytes(as_pdf(paper))
    else:
        out.write_text(as_web_page(paper), encoding="utf-8")
