"""Records that may be of one person: compared side by side, merged or kept apart."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch, seen
from trede.people import blind_index, merging
from trede.people.details import LABELS, shown, unknown
from trede.people.duplicates import (
    Duplicate,
    all_duplicates,
    duplicates_of,
    judge_different,
)
from trede.people.forms import ChosenPerson, MergeForm
from trede.people.models import Merger, Person
from trede.people.pages import about

A_PAGE = 25


@dataclass(frozen=True)
class Row:
    """One detail of two records; the same when only capitals or accents differ."""

    label: str | Promise
    ours: str
    theirs: str
    same: bool


def duplicates(request: StaffRequest) -> HttpResponse:
    pairs = all_duplicates(seen(request, Person.objects.all()))
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    looked(request, *(person.pk for pair in page for person in pair))
    return render(request, "people/duplicates.html", {"page": page})


def merge(request: StaffRequest, person_id: int) -> HttpResponse:
    """The person's possible doubles; with `met` in the address, one beside it."""
    person = fetch(request, Person.objects.all(), person_id)
    other = _chosen(request, request.POST.get("other") or request.GET.get("met", ""))
    form = MergeForm(request.POST or None, initial={"other": other.pk if other else ""})
    if form.is_valid() and other and _merged(request, person, other, form):
        messages.success(request, _("The two records are one now."))
        return redirect("people:merge", person.pk)
    doubles = _doubles_in_view(request, person)
    looked(
        request, person.pk, *([other.pk] if other else [d.person.pk for d in doubles])
    )
    context = about(request, person, "merge") | {
        "form": form,
        "other": other,
        "rows": compared(person, other) if other else [],
        "doubles": doubles,
        "mergers": person.mergers.filter(undone_at=None),
    }
    return render(request, "people/merge.html", context)


def not_the_same(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    form = ChosenPerson(request.POST)
    if form.is_valid():
        other = fetch(request, Person.objects.all(), form.cleaned_data["other"])
        judge_different(person=person, other=other, by=request.actor, at=request.at)
        messages.success(request, _("Kept apart: these are two people."))
    return redirect("people:merge", person.pk)


def undo_merge(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    merger = person.mergers.filter(undone_at=None).first()
    if merger:
        merging.undo_merge(merger=merger, by=request.actor, at=request.at)
        messages.success(request, _("These are two records again."))
    return redirect("people:merge", person.pk)


def compared(person: Person, other: Person) -> list[Row]:
    """What is known of either, the one beside the other."""
    rows = [
        Row(
            LABELS[name],
            "" if unknown(name, ours) else shown(name, ours),
            "" if unknown(name, theirs) else shown(name, theirs),
            blind_index.folded(ours) == blind_index.folded(theirs),
        )
        for name in LABELS
        for ours, theirs in [(getattr(person, name), getattr(other, name))]
    ]
    return [row for row in rows if row.ours or row.theirs]


def _chosen(request: StaffRequest, number: str) -> Person | None:
    if not number.isdecimal():
        return None
    return fetch(request, Person.objects.all().current(), int(number))


def _merged(
    request: StaffRequest, kept: Person, other: Person, form: MergeForm
) -> Merger | None:
    reason = form.cleaned_data["reason"]
    return attempt(
        form,
        lambda: merging.merge(
            kept=kept, other=other, reason=reason, by=request.actor, at=request.at
        ),
    )


def _doubles_in_view(request: StaffRequest, person: Person) -> list[Duplicate]:
    """Without who is a colleague's: that there is somebody is theirs to see."""
    doubles = duplicates_of(person)
    numbers = [double.person.pk for double in doubles]
    in_view = seen(request, Person.objects.all()).in_bulk(numbers)
    return [double for double in doubles if double.person.pk in in_view]
