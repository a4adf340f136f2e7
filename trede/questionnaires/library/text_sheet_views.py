"""All texts of a language out as one spreadsheet, and in again after a look."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import attempt
from trede.languages import language_of
from trede.questionnaires.exchange.formats import XLSX
from trede.questionnaires.library import pages, uploaded_texts, working_together
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.library.translating_forms import TakeOverForm, UploadTextsForm
from trede.questionnaires.library.translating_pages import saved_words
from trede.questionnaires.library.translating_views import entry_in

CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else changed these texts meanwhile. Upload the file again to see what"
    " would change now."
)


def download(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    entry = entry_in(request, code, version, language)
    content = uploaded_texts.sheet_of(entry, language)
    return pages.as_file(content, XLSX, f"{code}-{version}-{language}.xlsx")


def upload(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    """Nothing is saved here: what would change is shown first."""
    entry = entry_in(request, code, version, language)
    form = UploadTextsForm(request.POST or None, request.FILES or None)
    context = _context(entry, language, form)
    if form.is_valid():
        file = form.cleaned_data["file"]
        found = attempt(
            form,
            lambda: uploaded_texts.read_upload(entry, language, file.read(), file.name),
        )
        if found is not None:
            context |= {"upload": found, "take_over": _take_over_form(found)}
    return render(request, "questionnaires/library_upload_texts.html", context)


def take_over(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    entry = entry_in(request, code, version, language)
    form = TakeOverForm(request.POST)
    if form.is_valid():
        merged = attempt(form, lambda: _save(request, entry, language, form))
        if merged is not None and not merged.clashes:
            messages.success(request, saved_words(len(merged.changes)))
            return redirect(pages.address("library_language", entry, language))
    refused = form.non_field_errors()
    messages.error(request, str(refused[0]) if refused else CHANGED_MEANWHILE)
    return redirect(pages.address("library_upload_texts", entry, language))


def _save(
    request: StaffRequest, entry: Entry, language: str, form: TakeOverForm
) -> working_together.Merged:
    return working_together.save(
        entry=entry,
        language=language,
        edition=form.cleaned_data["edition"],
        typed=form.cleaned_data["words"],
        remark=form.cleaned_data["remark"],
        by=request.actor,
        at=request.at,
    )


def _take_over_form(found: uploaded_texts.Upload) -> TakeOverForm:
    return TakeOverForm(initial={"words": found.words, "edition": found.edition})


def _context(entry: Entry, language: str, form: UploadTextsForm) -> dict[str, object]:
    return {"entry": entry, "language": language_of(language), "form": form}
