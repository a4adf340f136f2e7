"""Translating on the screen: as it was written, and another language beside it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import attempt
from trede.languages import is_known
from trede.questionnaires.library import pages, translating_pages, working_together
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.library.translating_forms import VouchForm, WordsForm
from trede.questionnaires.library.views import entry_or_404
from trede.questionnaires.models import Translation
from trede.questionnaires.translating import vouch


def entry_in(request: StaffRequest, code: str, version: str, language: str) -> Entry:
    """The questionnaire, if it can be put in that language."""
    entry = entry_or_404(request, code, version)
    known = is_known(language) or language in entry.whole.languages
    if not known or language == entry.original:
        raise Http404
    return entry


def in_language(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    entry = entry_in(request, code, version, language)
    desk = translating_pages.desk(entry, language, request.GET)
    form = desk.form(request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, desk, form):
        return redirect(request.get_full_path())
    edition = working_together.edition_now(entry, language)
    return _page(request, desk, form, VouchForm(initial={"edition": edition}))


def vouch_for(
    request: StaffRequest, code: str, version: str, language: str
) -> HttpResponse:
    """Only who gives a name can say that the words are good."""
    entry = entry_in(request, code, version, language)
    form = VouchForm(request.POST)
    if form.is_valid() and _vouched(request, entry, language, form):
        messages.success(request, _("It is noted who vouches for these words."))
        return redirect(pages.address("library_language", entry, language))
    desk = translating_pages.desk(entry, language, request.GET)
    return _page(request, desk, desk.form(None), form)


def _saved(
    request: StaffRequest, desk: translating_pages.Desk, form: WordsForm
) -> bool:
    chosen = form.cleaned_data
    merged = attempt(
        form,
        lambda: working_together.save(
            entry=desk.entry,
            language=desk.language.code,
            edition=chosen["edition"],
            typed=form.typed,
            remark=chosen["remark"],
            by=request.actor,
            at=request.at,
        ),
    )
    if merged is None:
        return False
    if merged.clashes:
        now = working_together.edition_now(desk.entry, desk.language.code)
        form.begin_again_from(now, dict(merged.clashes))
        return False
    messages.success(request, translating_pages.saved_words(len(merged.changes)))
    return True


def _vouched(
    request: StaffRequest, entry: Entry, language: str, form: VouchForm
) -> bool:
    chosen = form.cleaned_data
    made = attempt(
        form,
        lambda: vouch(
            questionnaire=working_together.stored(
                entry, by=request.actor, at=request.at
            ),
            language=language,
            status=Translation.Status(chosen["status"]),
            vouched_by=chosen["vouched_by"],
            edition=chosen["edition"] or 1,
            remark=chosen["remark"],
            by=request.actor,
            at=request.at,
        ),
    )
    return made is not None


def _page(
    request: StaffRequest,
    desk: translating_pages.Desk,
    form: WordsForm,
    vouch_form: VouchForm,
) -> HttpResponse:
    context = {
        "desk": desk,
        "entry": desk.entry,
        "form": form,
        "vouch_form": vouch_form,
    }
    return render(request, "questionnaires/library_language.html", context)
