"""Details, household, notes and files of one person."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch, seen
from trede.formats.telephone import telephone_shown
from trede.languages import language_of
from trede.people import households
from trede.people import notes as note_rules
from trede.people.consenting import standing_decisions
from trede.people.details import LABELS, address_lines, shown
from trede.people.duplicates import duplicates_of
from trede.people.forms import ChosenPerson, CorrectionForm, NoteForm, PersonForm
from trede.people.models import Note, Person, StoredFile
from trede.people.pages import about, may_open
from trede.people.registering import Stale, change_person
from trede.people.responsibility import coach_of

FACTS = ("birth_date", "sex", "bsn", "email", "quarter", "birth_country", "language")


def details(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    looked(request, person.pk)
    context = about(request, person, "details") | {
        "coach": coach_of(person),
        "facts": facts(person),
        "address": address_lines(person),
        "telephone": telephone_shown(person.telephone),
        "household": households.household_of(person),
        "duplicates": len(duplicates_of(person)),
        "decisions": standing_decisions(person),
        "may_change": may_open(request, "people:change")
        and not (person.merged_into_id or person.erased_at),
    }
    return render(request, "people/details.html", context)


def facts(person: Person) -> list[tuple[object, str]]:
    """Label and words of what is known."""
    kept = ((name, shown(name, getattr(person, name))) for name in FACTS)
    found: list[tuple[object, str]] = [
        (LABELS[name], words) for name, words in kept if words
    ]
    if person.reads_in and person.reads_in != person.language:
        chosen = language_of(person.reads_in).own_name
        found.append((_("Chose to read in"), chosen))
    return found


def change(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    form = PersonForm(request.POST or None, person=person)
    theirs: list[tuple[object, str, str]] = []
    if form.is_valid():
        try:
            if attempt(form, lambda: _changed(request, person, form)):
                messages.success(request, _("The details were saved."))
                return redirect("people:details", person.pk)
        except Stale as stale:
            theirs = _side_by_side(form, stale)
            form.begin_again_from(stale)
    looked(request, person.pk)
    context = about(request, person, "details") | {"form": form, "theirs": theirs}
    return render(request, "people/change.html", context)


def _changed(request: StaffRequest, person: Person, form: PersonForm) -> Person:
    return change_person(
        person=person,
        changes=form.changes(),
        edition=form.cleaned_data["edition"],
        by=request.actor,
        at=request.at,
    )


def _side_by_side(form: PersonForm, stale: Stale) -> list[tuple[object, str, str]]:
    """Label, what stands there now, what was typed."""
    typed = form.cleaned_data
    return [
        (LABELS[name], shown(name, stale.theirs[name]), shown(name, typed[name]))
        for name in stale.theirs
    ]


def household(request: StaffRequest, person_id: int) -> HttpResponse:
    people = seen(request, Person.objects.all())
    person = fetch(request, Person.objects.all(), person_id)
    form = ChosenPerson(request.POST or None)
    if form.is_valid():
        other = fetch(request, Person.objects.all(), form.cleaned_data["other"])
        if attempt(form, lambda: _joined(request, person, other)):
            messages.success(request, _("They now belong to one household."))
            return redirect("people:household", person.pk)
    members = households.household_of(person)
    suggested = households.suggestions(person, people)
    looked(request, person.pk, *(one.pk for one in [*members, *suggested]))
    context = about(request, person, "household") | {
        "form": form,
        "members": members,
        "suggested": suggested,
        "in_view": people.in_bulk([one.pk for one in members]),
    }
    return render(request, "people/household.html", context)


def _joined(request: StaffRequest, person: Person, other: Person) -> object:
    return households.join(person=person, other=other, by=request.actor, at=request.at)


def leave_household(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    households.leave(person=person, by=request.actor, at=request.at)
    messages.success(request, _("This person no longer belongs to the household."))
    return redirect("people:household", person.pk)


def notes(request: StaffRequest, person_id: int) -> HttpResponse:
    person = fetch(request, Person.objects.all(), person_id)
    form = NoteForm(request.POST or None)
    if form.is_valid() and _written(request, person, form):
        messages.success(request, _("The note was kept."))
        return redirect("people:notes", person.pk)
    looked(request, person.pk)
    kept = person.notes.all().standing().select_related("by", "replaces")
    context = about(request, person, "notes") | {"form": form, "notes": kept}
    return render(request, "people/notes.html", context)


def _written(request: StaffRequest, person: Person, form: NoteForm) -> Note | None:
    typed, by, at = form.cleaned_data, request.actor, request.at
    return attempt(
        form, lambda: note_rules.write_note(person=person, by=by, at=at, **typed)
    )


def correct_note(request: StaffRequest, note_id: int) -> HttpResponse:
    note = fetch(request, Note.objects.select_related("person", "by"), note_id)
    form = CorrectionForm(request.POST or None, initial={"text": note.text})
    if form.is_valid() and _corrected(request, note, form):
        messages.success(request, _("The corrected note was kept, and the older one."))
        return redirect("people:notes", note.person_id)
    looked(request, note.person_id)
    context = about(request, note.person, "notes") | {"form": form, "note": note}
    return render(request, "people/correct_note.html", context)


def _corrected(request: StaffRequest, note: Note, form: CorrectionForm) -> Note | None:
    text, by, at = form.cleaned_data["text"], request.actor, request.at
    return attempt(
        form, lambda: note_rules.correct_note(note=note, text=text, by=by, at=at)
    )


def file(request: StaffRequest, file_id: int) -> HttpResponse:
    found = fetch(request, StoredFile.objects.for_staff(), file_id)
    if found.destroyed_at:
        raise Http404
    looked(
        request,
        *([found.person_id] if found.person_id else []),
        action="opened a file",
    )
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer.headers["Content-Disposition"] = content_disposition(found)
    # The bytes are what they were when stored; a browser must not guess otherwise.
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def content_disposition(found: StoredFile) -> str:
    name = content_disposition_header(as_attachment=True, filename=found.name)
    return name or "attachment"
