"""Making questionnaires without code: from a file, or an older version reworded."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import attempt
from trede.languages import language_of
from trede.questionnaires import definition
from trede.questionnaires.exchange.storing import named
from trede.questionnaires.library import authoring, pages, rewording
from trede.questionnaires.library.authoring_forms import (
    PublishForm,
    RewordForm,
    UploadInstrumentForm,
)
from trede.questionnaires.library.catalogue import Entry, versions
from trede.questionnaires.library.texts_in_place import groups_to_reword
from trede.questionnaires.library.views import entry_or_404
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.own_versions import next_number, number_of, own_version
from trede.questionnaires.publishing import publish


def upload(request: StaffRequest) -> HttpResponse:
    """Nothing is kept here: what the file holds is shown first."""
    form = UploadInstrumentForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        file = form.cleaned_data["file"]
        looked = attempt(form, lambda: authoring.look_at(file.read(), file.name))
        if looked is not None:
            context |= _looked_at(request, looked)
    return render(request, "questionnaires/library_upload.html", context)


def keep(request: StaffRequest) -> HttpResponse:
    """What was shown becomes a version, under the code and version chosen."""
    form = PublishForm(request.POST)
    read = None
    if "text" not in form.errors:
        text = request.POST.get("text", "")
        read = attempt(form, lambda: authoring.read_again(text))
    if form.is_valid() and read is not None:
        stored = attempt(form, lambda: _publish(request, form, read))
        if stored is not None:
            messages.success(request, _("The questionnaire is stored."))
            return redirect(
                "questionnaires:library_questionnaire", stored.code, stored.version
            )
    if read is None:
        messages.error(request, _("Upload the file again."))
        return redirect("questionnaires:library_upload")
    context = {"form": UploadInstrumentForm(), "publish": form}
    return render(request, "questionnaires/library_upload.html", context)


def reword(request: StaffRequest, code: str, version: str) -> HttpResponse:
    """Other words in the language of writing: a new version, the old one stays."""
    entry = entry_or_404(request, code, version)
    form = _reword_form(request, entry)
    if request.method == "POST" and form.is_valid():
        stored = attempt(form, lambda: _reworded(request, entry, form))
        if stored is not None:
            messages.success(request, _("The new version is stored."))
            return redirect(
                "questionnaires:library_questionnaire", stored.code, stored.version
            )
    uses = pages.uses_by_code(request).get(code, ())
    context = {"entry": entry, "form": form, "uses": uses}
    return render(request, "questionnaires/library_reword.html", context)


def _looked_at(request: StaffRequest, looked: authoring.Looked) -> dict[str, object]:
    found = looked.questionnaire
    number = _number_for(request, found)
    initial = {"text": looked.text, "code": found.code, "version": number}
    return {
        "looked": looked,
        "publish": PublishForm(initial=initial),
        "uses": pages.uses_by_code(request).get(found.code, ()),
    }


def _number_for(request: StaffRequest, found: definition.Questionnaire) -> str:
    """Its own, unless other words stand here under it."""
    town = request.user.municipality
    name = own_version(found.version, town)
    there = {one.version: one for one in versions(found.code, town.pk)}
    if name in there and there[name].written != replace(found, version=name):
        return next_number(name, frozenset(there))
    return number_of(name)


def _publish(
    request: StaffRequest, form: PublishForm, read: definition.Questionnaire
) -> Questionnaire:
    chosen = form.cleaned_data
    return publish(
        named(read, chosen["code"], chosen["version"]),
        municipality=request.user.municipality,
        by=request.actor,
        at=request.at,
    )


def _reword_form(request: StaffRequest, entry: Entry) -> RewordForm:
    taken = (one.version for one in versions(entry.code, entry.town))
    return RewordForm(
        request.POST or None,
        groups=groups_to_reword(entry.written),
        language=language_of(entry.original),
        version=next_number(entry.version, frozenset(taken)),
    )


def _reworded(request: StaffRequest, entry: Entry, form: RewordForm) -> Questionnaire:
    return rewording.reword(
        entry=entry,
        version=form.cleaned_data["version"],
        words=form.words,
        municipality=request.user.municipality,
        by=request.actor,
        at=request.at,
    )
