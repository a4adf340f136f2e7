"""The privacy officer's screen: searching the audit trail, and taking it along."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts import searching_trail
from trede.accounts import trail_words as words
from trede.accounts.doors import StaffRequest
from trede.accounts.forms import TrailSearch
from trede.accounts.list_file import Cell, ListFile, as_csv
from trede.accounts.models import Municipality, Staff
from trede.accounts.refusing import attempt
from trede.accounts.searching_trail import Search
from trede.audit.models import Line

A_PAGE = 50
_COLUMNS = ("sequence", "when", "who", "kind", "what", "whose", "why", "details")


def trail(request: StaffRequest) -> HttpResponse:
    form = TrailSearch(request.GET, municipality=request.user.municipality)
    lines = _found(request, form)
    context: dict[str, object] = {"form": form, "asked": bool(request.GET)}
    if lines is not None:
        page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
        context["page"] = page
        context["rows"] = list(_rows(list(page), request.user.municipality))
    return render(request, "accounts/trail.html", context)


def _found(request: StaffRequest, form: TrailSearch) -> QuerySet[Line] | None:
    if not form.is_valid():
        return None
    return attempt(
        form,
        lambda: searching_trail.search(
            Search(**form.cleaned_data),
            municipality=request.user.municipality,
            by=request.actor,
            at=request.at,
        ),
    )


def trail_as_csv(request: StaffRequest) -> HttpResponseBase:
    municipality = request.user.municipality
    form = TrailSearch(request.GET, municipality=municipality)
    if not form.is_valid():
        return redirect("accounts:trail")
    lines = searching_trail.take_along(
        Search(**form.cleaned_data),
        municipality=municipality,
        by=request.actor,
        at=request.at,
    )
    rows = _rows(lines.iterator(chunk_size=500), municipality)
    cells = ([row[name] for name in _COLUMNS] for row in rows)
    heads = dict.fromkeys(_heads(), 0)
    return as_csv(request, ListFile("logboek", _("Audit trail"), heads, cells))


def _rows(
    lines: Iterable[Line], municipality: Municipality
) -> Iterator[dict[str, Cell]]:
    staff = {one.pk: one for one in Staff.objects.filter(municipality=municipality)}
    for line in lines:
        yield {
            "sequence": line.sequence,
            "when": timezone.localtime(line.at),
            "who": words.who(line, staff),
            "kind": str(words.KINDS.get(line.kind, line.kind)),
            "what": words.what(line, addresses()),
            "whose": words.whose(line, staff),
            "why": words.why(line),
            "details": words.details(line),
        }


def _heads() -> list[str]:
    heads = {
        "sequence": _("Number"),
        "when": _("When"),
        "who": _("Who"),
        "kind": _("Kind"),
        "what": _("What"),
        "whose": _("Whose"),
        "why": _("Why"),
        "details": _("Details"),
    }
    return [heads[name] for name in _COLUMNS]


@lru_cache(maxsize=1)
def addresses() -> dict[str, str]:
    """The address of each URL name, with dots where a number stands."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(
    patterns: "list[URLPattern | URLResolver]", space: str, before: str
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, space + inner, address)
        elif pattern.name:
            yield space + pattern.name, _readable(address)


def _readable(address: str) -> str:
    parts = ["…" if "<" in part else part for part in address.strip("/").split("/")]
    return "/".join(parts)
