"""What a person decides about their own data: consent, access and erasure."""

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch
from trede.people import consenting, erasing, scans
from trede.people.files import SOUND_ENDINGS
from trede.people.forms import EraseForm, WithdrawForm
from trede.people.models import Erasure, Person, StoredFile
from trede.people.pages import about, may_open

ENDINGS = {**scans.ENDINGS, "text/csv": "csv", **SOUND_ENDINGS}


def consents(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    looked(request, person.pk)
    decisions = consenting.standing_decisions(person)
    by_pilot = groupby(decisions, key=lambda decision: decision.pilot)
    context = about(request, person, "consents") | {
        "by_pilot": [(pilot, list(some)) for pilot, some in by_pilot],
        "history": person.consents.select_related("pilot"),
        "files": person.files.all().kept(),
        "may_open_files": may_open(request, "people:file"),
    }
    return render(request, "people/consents.html", context)


def withdraw(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    form = WithdrawForm(request.POST, person=person)
    if form.is_valid():
        consenting.withdraw(
            person=person, **form.cleaned_data, by=request.actor, at=request.at
        )
        words = _("Withdrawn: %(purpose)s. Nothing else changes for this person.")
        messages.success(
            request, words % {"purpose": form.cleaned_data["purpose"].label}
        )
    else:
        messages.error(request, _("Choose which consent is withdrawn."))
    return redirect("people:consents", person.pk)


def access(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    looked(request, person.pk)
    kept = erasing.what_goes(person)
    context = about(request, person, "access") | {"kept": kept}
    return render(request, "people/access.html", context)


def hand_out(request: StaffRequest, person_id: int) -> HttpResponse:
    """One zip for the person: what is kept as JSON, and the files as they are."""
    person = fetch(request, Person.objects.all(), person_id)
    told = erasing.export_person(person=person, by=request.actor, at=request.at)
    answer = HttpResponse(zipped(person, told), content_type="application/zip")
    name = f"inzage-{person.pk}-{request.at:%Y-%m-%d}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def zipped(person: Person, told: dict[str, object]) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("gegevens.json", text)
        for name, content in _files(person):
            archive.writestr(name, content)
    return whole.getvalue()


def _files(person: Person) -> Iterator[tuple[str, bytes]]:
    kept = StoredFile.objects.filter(
        person__in=erasing.records_of(person), destroyed_at=None
    )
    for file in kept.iterator(chunk_size=1):
        ending = ENDINGS.get(file.media_type, "bin")
        yield f"bestanden/{file.pk}-{file.kind}.{ending}", file.content


def erase(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    form = EraseForm(request.POST or None)
    if form.is_valid() and _erased(request, person, form):
        messages.success(request, _("The data of this person were erased."))
        return redirect("people:erase", person.pk)
    looked(request, person.pk)
    parts, erasure = erasing.what_goes(person), person.erasures.first()
    context = about(request, person, "erase") | {
        "form": form,
        "going": [part for part in parts if not part.exempt],
        "staying": [part for part in parts if part.exempt],
        "erasure": erasure,
        "gone": erasing.what_went(erasure) if erasure else [],
    }
    return render(request, "people/erase.html", context)


def _erased(request: StaffRequest, person: Person, form: EraseForm) -> Erasure | None:
    reason, by, at = form.cleaned_data["reason"], request.actor, request.at
    return attempt(
        form,
        lambda: erasing.erase_person(person=person, reason=reason, by=by, at=at),
    )
