"""What lies before a researcher who writes a chapter, and what saving makes of it.

The field, the version it began from, the figures of the newest computation to refer to,
the versions there are and, when somebody else saved meanwhile, their text.
"""

from django.http import QueryDict

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import Refused
from trede.pilots.loading import rules_of
from trede.reports.book.binding import Figures, typed_by_hand
from trede.reports.book.figures import figures_to_name
from trede.reports.book.forms import ChapterForm
from trede.reports.book.offering import groups_of
from trede.reports.book.order import Kind
from trede.reports.book.writing import WrittenMeanwhile, write
from trede.reports.models import ChapterText
from trede.reports.wording import Wording
from trede.studies.models import Run, Study

ADD = "add"  # the button beside a figure


class WritingDesk:
    def __init__(self, request: StaffRequest, study: Study, kind: Kind) -> None:
        self.request, self.study, self.kind = request, study, kind
        rows = study.chapter_texts.filter(chapter=kind.code)
        self.versions = list(rows.select_related("written_by").order_by("-number"))
        self.run: Run | None = study.runs.first()
        self.figures = _figures(self.run)
        self.theirs: ChapterText | None = None
        posted = request.method == "POST"
        self.form = self._typed(request.POST) if posted else self._begun()

    def save(self) -> ChapterText | None:
        """The new version, or None with what must be done in the form."""
        form = self.form
        if not form.is_bound or not form.is_valid():
            return None
        try:
            return write(
                study=self.study,
                chapter=self.kind.code,
                text=form.cleaned_data["text"],
                began_from=form.cleaned_data["began_from"],
                known=self.figures,
                by=self.request.actor,
                at=self.request.at,
            )
        except WrittenMeanwhile as refusal:
            # The same words in the field, now from the newest version on.
            self.theirs = refusal.newest
            self.form = _from(form.cleaned_data["text"], refusal.newest.number)
            self.form.add_error("text", str(refusal.message))
        except Refused as refusal:
            form.add_error("text", str(refusal.message))
        return None

    def context(self) -> dict[str, object]:
        text = str(self.form["text"].value() or "")
        return {
            "study": self.study,
            "kind": self.kind,
            "form": self.form,
            "theirs": self.theirs,
            "versions": self.versions,
            "run": self.run,
            "groups": groups_of(self.figures),
            "typed": typed_by_hand(text, self.figures),
        }

    def _begun(self) -> ChapterForm:
        newest = self.versions[0] if self.versions else None
        asked = self.request.GET.get("versie", "")
        old = next((one for one in self.versions if str(one.number) == asked), newest)
        text = old.text if old else ""
        began_from = newest.number if newest else 0
        return ChapterForm(initial={"text": text, "began_from": began_from})

    def _typed(self, typed: QueryDict) -> ChapterForm:
        code = typed.get(ADD)
        if not code:
            return ChapterForm(typed)
        # A figure was chosen: it comes at the end of what was typed.
        text = f"{typed.get('text', '').rstrip()} [[{code}]]".strip()
        began_from = typed.get("began_from", "0")
        return ChapterForm(initial={"text": text, "began_from": began_from})


def _from(text: str, number: int) -> ChapterForm:
    form = ChapterForm({"text": text, "began_from": number})
    form.is_valid()
    return form


def _figures(run: Run | None) -> Figures:
    if run is None:
        return {}
    rules = rules_of(run.study.pilot, run.until_on)
    return figures_to_name(run.results, Wording(rules))
