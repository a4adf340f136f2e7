"""Target lists on the screen: upload, columns, check, read in, result, undo."""

import time
from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch, seen
from trede.inflow import importing, list_pages, undoing
from trede.inflow import list_forms as shapes
from trede.inflow.models import ListUpload
from trede.inflow.rows_to_check import as_csv
from trede.people.models import Person
from trede.pilots.models import Pilot

State = ListUpload.State
BUSY = (State.CONFIRMING, State.UNDOING)
SECONDS = 2.0  # so long a request works on; the page then asks for more


def lists(request: StaffRequest) -> HttpResponse:
    uploads = seen(request, ListUpload.objects.all()).select_related(
        "pilot", "uploaded_by"
    )
    context = {"lists": [list_pages.line(one) for one in uploads.defer("findings")]}
    return render(request, "inflow/lists.html", context)


def upload_list(request: StaffRequest) -> HttpResponse:
    form = shapes.Upload(
        request.POST or None,
        request.FILES or None,
        pilots=seen(request, Pilot.objects.all()),
    )
    if form.is_valid():
        chosen = form.cleaned_data
        rule = partial(
            importing.upload,
            pilot=chosen["pilot"],
            name=chosen["file"].name,
            content=chosen["file"].read(),
            reference_on=chosen["reference_on"],
            by=request.actor,
            at=request.at,
        )
        if uploaded := attempt(form, rule):
            return redirect("inflow:list", uploaded.pk)
    return render(request, "inflow/list_upload.html", {"form": form})


def one_list(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    if upload.state in BUSY:
        return redirect("inflow:list_progress", upload.pk)
    if upload.state == State.UPLOADED:
        context = list_pages.check(upload)
        template = "inflow/list_check.html"
    else:
        context = list_pages.result(upload)
        template = "inflow/list_result.html"
    looked(request, *list_pages.shown_in(context))
    return render(request, template, context)


def list_columns(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    if upload.state != State.UPLOADED:
        return redirect("inflow:list", upload.pk)
    columns = importing.findings_of(upload).columns
    form = shapes.Columns(request.POST or None, columns=columns)
    if form.is_valid():
        rule = partial(
            importing.adjust,
            upload=upload,
            mapping=form.mapping(),
            by=request.actor,
            at=request.at,
        )
        if attempt(form, rule):
            messages.success(request, _("The list was read again with these columns."))
            return redirect("inflow:list", upload.pk)
    looked(request)
    context = {"form": form, **list_pages.head(upload, "columns")}
    return render(request, "inflow/list_columns.html", context)


def list_rows_to_check(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    looked(request)
    response = HttpResponse(
        as_csv(importing.findings_of(upload)), content_type="text/csv; charset=utf-8"
    )
    name = f"na-te-kijken-{upload.pk}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def list_differences(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    context = list_pages.differences(upload, request.GET.get("page"))
    looked(request, *list_pages.shown_in(context))
    return render(request, "inflow/list_differences.html", context)


def decide_row(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    form = shapes.Decision(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the people, or nobody."))
        return redirect("inflow:list", upload.pk)
    person_id = form.cleaned_data["person_id"]
    if person_id:
        fetch(request, Person.objects.all(), person_id)
    importing.decide(
        upload=upload,
        row=form.cleaned_data["row"],
        person_id=person_id,
        by=request.actor,
        at=request.at,
    )
    return redirect("inflow:list", upload.pk)


def check_list_again(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    importing.check_again(upload=upload, by=request.actor, at=request.at)
    messages.success(request, _("The list was compared with the newest one again."))
    return redirect("inflow:list", upload.pk)


def confirm_list(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    importing.begin(upload=upload, by=request.actor, at=request.at)
    return _work(upload, partial(importing.go_on, upload=upload))


def drop_list(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    importing.drop(upload=upload, by=request.actor, at=request.at)
    messages.success(request, _("The list was not read in; its file is destroyed."))
    return redirect("inflow:lists")


def list_progress(request: StaffRequest, upload_id: int) -> HttpResponse:
    """Goes on with what was decided with a button, as long as this page is open."""
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    steps: Mapping[str, Callable[[], bool]] = {
        State.CONFIRMING: partial(importing.go_on, upload=upload),
        State.UNDOING: partial(
            undoing.go_on, upload=upload, by=request.actor, at=request.at
        ),
    }
    if upload.state not in steps or _finished(steps[upload.state]):
        return redirect("inflow:list", upload.pk)
    context = list_pages.progress(upload)
    return render(request, "inflow/list_progress.html", context)


def undo_list(request: StaffRequest, upload_id: int) -> HttpResponse:
    upload = fetch(request, ListUpload.objects.all(), upload_id)
    if request.method != "POST":
        return render(request, "inflow/list_undo.html", list_pages.undo(upload))
    undoing.begin(upload=upload, by=request.actor, at=request.at)
    step = partial(undoing.go_on, upload=upload, by=request.actor, at=request.at)
    return _work(upload, step)


def _work(upload: ListUpload, step: Callable[[], bool]) -> HttpResponse:
    page = "inflow:list" if _finished(step) else "inflow:list_progress"
    return redirect(page, upload.pk)


def _finished(step: Callable[[], bool]) -> bool:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if step():
            return True
    return False
