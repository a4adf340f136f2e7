"""A list of partners: uploaded, looked through, read in, taken back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch, seen
from trede.partners import forms, sheet_importing, sheet_reading
from trede.partners.models import Organisation, Sheet
from trede.partners.views.directory import known_of

A_PAGE = 50


@dataclass(frozen=True)
class RowShown:
    row: sheet_reading.Row
    known: Organisation | None
    added: list[str]

    @property
    def mark(self) -> str:
        if self.row.problems:
            return "note"
        return "done" if self.added or not self.known else "none"


def sheets(request: StaffRequest) -> HttpResponse:
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        made = attempt(
            form,
            lambda: sheet_importing.upload(
                municipality=request.user.municipality,
                name=file.name,
                content=file.read(),
                by=request.actor,
                at=request.at,
            ),
        )
        if made:
            return redirect("partners:sheet", made.pk)
    rows = seen(request, Sheet.objects.all()).select_related("uploaded_by")
    context = {"form": form, "sheets": rows.defer("rows")[:A_PAGE]}
    return render(request, "partners/sheets.html", context)


def sheet(request: StaffRequest, sheet_id: int) -> HttpResponse:
    shown = _sheet(request, sheet_id)
    rows = [*_rows_shown(request, shown)]
    wrong = [one for one in rows if one.row.problems]
    page = Paginator(sorted(rows, key=lambda one: not one.row.problems), A_PAGE)
    context = {
        "sheet": shown,
        "page": page.get_page(request.GET.get("page")),
        "n": len(rows),
        "wrong": len(wrong),
        "new": sum(1 for one in rows if not one.row.problems and not one.known),
        "known": sum(1 for one in rows if not one.row.problems and one.known),
        "to_read": len(rows) - len(wrong),
        "columns": _columns(shown),
        "counts": sheet_importing.counted(shown),
        "is_open": shown.state == Sheet.State.UPLOADED,
    }
    return render(request, "partners/sheet.html", context)


def _rows_shown(request: StaffRequest, shown: Sheet) -> list[RowShown]:
    known = sheet_importing.organisations(shown)
    prefetch_related_objects(list(known.values()), "contacts", "places")
    found = []
    for row in sheet_reading.read(shown.rows, shown.columns, known_of(request)):
        one = known.get(row.key)
        added = []
        if row.place and (one is None or sheet_importing.adds_place(row, one)):
            added.append(row.place["what"])
        if row.contact and (one is None or sheet_importing.adds_contact(row, one)):
            added.append(row.contact["name"])
        found.append(RowShown(row, one, added))
    return found


def _columns(shown: Sheet, data: Any = None) -> forms.ColumnsForm:
    return forms.ColumnsForm(
        data,
        header=shown.header,
        columns=shown.columns,
        fields=sheet_reading.FIELDS,
    )


def sheet_columns(request: StaffRequest, sheet_id: int) -> HttpResponse:
    shown = _sheet(request, sheet_id)
    form = _columns(shown, request.POST)
    if form.is_valid():
        sheet_importing.choose_columns(
            sheet=shown, columns=form.columns(), by=request.actor, at=request.at
        )
        messages.success(request, _("The list was read again with these columns."))
    else:
        messages.error(
            request, _("One field is chosen for two columns. Choose one of them.")
        )
    return redirect("partners:sheet", shown.pk)


def confirm_sheet(request: StaffRequest, sheet_id: int) -> HttpResponse:
    shown = _sheet(request, sheet_id)
    counts = sheet_importing.confirm(
        sheet=shown, known=known_of(request), by=request.actor, at=request.at
    )
    words = _(
        "Read in: %(organisations)d partners, %(contacts)d contact persons, %(places)d"
        " places."
    )
    messages.success(request, words % vars(counts))
    return redirect("partners:sheet", shown.pk)


def drop_sheet(request: StaffRequest, sheet_id: int) -> HttpResponse:
    shown = _sheet(request, sheet_id)
    sheet_importing.drop(sheet=shown, by=request.actor, at=request.at)
    messages.success(request, _("The list was not read in."))
    return redirect("partners:sheets")


def undo_sheet(request: StaffRequest, sheet_id: int) -> HttpResponse:
    shown = _sheet(request, sheet_id)
    stayed = sheet_importing.undo(sheet=shown, by=request.actor, at=request.at)
    if stayed.organisations or stayed.places or stayed.contacts:
        words = _(
            "Taken back, but for what was used or changed since: %(organisations)d"
            " partners, %(contacts)d contact persons, %(places)d places."
        )
        messages.warning(request, words % vars(stayed))
    else:
        messages.success(request, _("Taken back: nothing of the list is left."))
    return redirect("partners:sheet", shown.pk)


def _sheet(request: StaffRequest, sheet_id: int) -> Sheet:
    return fetch(request, Sheet.objects.select_related("uploaded_by"), sheet_id)
