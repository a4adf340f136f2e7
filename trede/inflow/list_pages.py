"""What the pages about a target list show: numbers that add up, in plain words."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.inflow import importing, ledger, undoing
from trede.inflow.checking import Column, Difference, Findings, Perhaps
from trede.inflow.list_words import day, field_label, value_shown
from trede.inflow.models import ListUpload
from trede.people.models import Person
from trede.pilots.loading import rules_of

State = ListUpload.State
FIRST = 5
Context = dict[str, object]


def line(upload: ListUpload) -> Context:
    """One list in the overview."""
    return {
        "list": upload,
        "terms": terms(upload.counts),
        "mark": {
            State.CONFIRMED: "done",
            State.UPLOADED: "open",
            State.UNDONE: "none",
            State.DROPPED: "none",
        }.get(State(upload.state), "part"),
        "undo_until": importing.undo_until(upload) if _may_undo(upload) else None,
    }


def head(upload: ListUpload, at: str) -> Context:
    """The name of the list and the path it goes."""
    return {
        "list": upload,
        "name": upload.file.name or _("Target list"),
        "path": _path(upload, at),
        "undo_days": importing.undo_days(upload.pilot),
    }


def check(upload: ListUpload) -> Context:
    findings = importing.findings_of(upload)
    counts = upload.counts
    perhaps = findings.perhaps
    known = _people(
        [one.person for one in findings.differences[:FIRST]]
        + findings.gone[:FIRST]
        + [number for one in perhaps[:FIRST] for number in one.people]
    )
    return {
        **head(upload, "check"),
        **_sum(counts),
        "to_read": counts["new"] + counts["same"] + counts["changed"],
        "counts": counts,
        "stale": importing.newest_confirmed(upload.pilot) != upload.previous,
        "previous": upload.previous,
        "to_check": findings.to_check[:FIRST],
        "unread": len({one.row for one in findings.to_check}),
        "perhaps": [_choice(one, known) for one in perhaps[:FIRST]],
        "undecided": len(perhaps),
        "changed": len({one.person for one in findings.differences}),
        "differences": [_difference(one, known) for one in _first(findings, known)],
        "all_differences": len(findings.differences) + len(findings.gone),
        "columns": [_column(one) for one in findings.columns],
        "recognised": sum(1 for one in findings.columns if one.field),
        "corrections": _corrections(findings),
        "criteria": criteria(upload),
        "people": list(known.values()),
    }


def result(upload: ListUpload) -> Context:
    stayed = undoing.stayed(upload) if upload.state == State.UNDONE else []
    return {
        **head(upload, "result"),
        **_sum(upload.counts),
        "counts": upload.counts,
        "undo_until": importing.undo_until(upload),
        "may_undo": _may_undo(upload),
        "to_check": importing.findings_of(upload).to_check[:FIRST],
        "criteria": criteria(upload),
        "stayed": stayed,
        "people": [one.person for one in stayed],
    }


def differences(upload: ListUpload, page: str | None) -> Context:
    findings = importing.findings_of(upload)
    everything = [
        *findings.differences,
        *(_gone(number) for number in findings.gone),
    ]
    shown = Paginator(everything, 50).get_page(page)
    known = _people([one.person for one in shown])
    return {
        **head(upload, "check"),
        "page": shown,
        "differences": [_difference(one, known) for one in shown],
        "people": list(known.values()),
    }


def undo(upload: ListUpload) -> Context:
    counts = upload.rows.values_list("outcome").annotate(n=Count("pk"))
    found = dict(counts.values_list("outcome", "n"))
    return {
        **head(upload, "result"),
        "new": found.get("new", 0),
        "changed": found.get("changed", 0),
        "gone": found.get("gone", 0),
    }


def progress(upload: ListUpload) -> Context:
    undoing_it = upload.state == State.UNDOING
    done, of = undoing.left(upload) if undoing_it else importing.done_of(upload)
    words = (
        _("%(done)s of %(of)s people taken back")
        if undoing_it
        else _("%(done)s of %(of)s people read in")
    )
    return {
        **head(upload, "result"),
        "done": done,
        "of": of,
        "words": words % {"done": done, "of": of},
    }


def terms(counts: dict[str, int]) -> list[Context]:
    """Rows = new + same + changed + double + to check, as the picture draws it."""
    parts = (
        ("new", pgettext("row", "new"), "a"),
        ("same", pgettext("row", "the same"), "b"),
        ("changed", pgettext("row", "changed"), "e"),
        ("duplicate", pgettext("row", "double"), "d"),
        ("to_check", pgettext("row", "to check"), "c"),
    )
    whole: list[Context] = [{"n": counts["rows"], "label": _("rows")}]
    return whole + [
        {"n": counts[name], "label": label, "key": key} for name, label, key in parts
    ]


def _sum(counts: dict[str, int]) -> Context:
    whole = terms(counts)
    return {"terms": whole, "parts": whole[1:]}


def criteria(upload: ListUpload) -> list[Context]:
    found = upload.counts["by_criterion"]
    labels = {
        one.code: one.label for one in ledger.criteria(rules_of(upload.pilot), "list")
    }
    rows = [_split(labels.get(code, code), one) for code, one in found.items()]
    names = {"met": "eligible", "not_met": "ineligible", "unknown": "undecided"}
    total = {result: upload.counts[name] for result, name in names.items()}
    return [*rows, {**_split(_("All of these"), total), "all": True}]


def shown_in(context: Context) -> Iterable[int]:
    people = context.get("people")
    return [one.pk for one in people] if isinstance(people, list) else []


def _split(label: str, one: dict[str, int]) -> Context:
    return {
        "label": label,
        **one,
        "parts": [
            {"n": one["met"], "key": "b"},
            {"n": one["not_met"], "key": "d"},
            {"n": one["unknown"], "key": "c"},
        ],
    }


def _path(upload: ListUpload, at: str) -> list[Context]:
    counts, read_in = upload.counts, upload.confirmed_at is not None
    order = ("file", "columns", "check", "result")
    labels = (_("File"), _("Columns"), _("Check"), _("Reading in"))
    notes = (
        _("%s rows") % counts["rows"],
        "",
        _("%s to check") % counts["to_check"],
        day(timezone.localtime(upload.confirmed_at)) if upload.confirmed_at else "",
    )
    place = order.index(at)
    steps: list[Context] = []
    for number, label in enumerate(labels):
        state = "done" if number < place else "next"
        if number == place:
            state = "done" if read_in and at == "result" else "now"
        steps.append({"label": label, "state": state, "note": notes[number]})
    return steps


def _people(numbers: Iterable[int]) -> dict[int, Person]:
    return Person.objects.in_bulk(list(set(numbers)))


def _first(findings: Findings, known: dict[int, Person]) -> list[Difference]:
    gone = [_gone(number) for number in findings.gone[:FIRST]]
    shown = [*findings.differences[:FIRST], *gone][: FIRST + 2]
    return [one for one in shown if one.person in known]


def _gone(number: int) -> Difference:
    return Difference(number, "", "", "")


def _difference(one: Difference, known: dict[int, Person]) -> Context:
    name = known[one.person].full_name if one.person in known else "–"
    if not one.field:
        yes, no = pgettext("criterion", "yes"), _("no longer")
        return {"name": name, "field": _("On the list"), "was": yes, "becomes": no}
    return {
        "name": name,
        "field": field_label(one.field),
        "was": value_shown(one.field, one.was),
        "becomes": value_shown(one.field, one.becomes),
    }


def _choice(one: Perhaps, known: dict[int, Person]) -> Context:
    people = [known[number] for number in one.people if number in known]
    return {
        "row": one.row,
        "name": one.name,
        "born": value_shown("birth_date", one.birth_date),
        "people": people,
    }


def _column(one: Column) -> Context:
    note = one.field is None and one.reason == "unknown"
    return {
        "source": one.source,
        "becomes": field_label(one.field) if one.field else "–",
        "example": one.example or "–",
        "why": one.why,
        "mark": "done" if one.field else ("note" if note else "none"),
        "note": note,
    }


def _corrections(findings: Findings) -> list[Context]:
    """Each kind of correction with how often and a first example."""
    kinds: dict[str, Context] = {}
    for one in findings.corrections:
        kind = kinds.setdefault(
            f"{one.column}|{one.code}",
            {"row": one.row, "column": one.column, "why": one.why, "n": 0},
        )
        kind["n"] = int(str(kind["n"])) + 1
    return list(kinds.values())


def _may_undo(upload: ListUpload) -> bool:
    until = importing.undo_until(upload)
    in_time = until is not None and timezone.localdate() <= until
    return (
        in_time
        and upload.state == State.CONFIRMED
        and importing.newest_confirmed(upload.pilot) == upload
    )
