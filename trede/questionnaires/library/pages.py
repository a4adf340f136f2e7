"""What the library shows: which questionnaire, in which languages, who vouches."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from trede.accounts.doors import StaffRequest
from trede.accounts.permissions import DOORS, Reach
from trede.accounts.visibility import seen
from trede.languages import in_order, language_of
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.definition import PartKind
from trede.questionnaires.library.catalogue import (
    STANDS,
    Entry,
    Tongue,
    newest_entries,
    tongues,
)
from trede.questionnaires.library.describing import ToldPart
from trede.questionnaires.library.seeing import Seen
from trede.questionnaires.models import Sitting


@dataclass(frozen=True)
class Use:
    """Where a pilot asks a questionnaire."""

    pilot: Pilot
    waves: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """The languages that are equally far, together."""

    stand: str
    words: Promise
    mark: str
    tongues: tuple[Tongue, ...]


@dataclass(frozen=True)
class Shelved:
    """One questionnaire in the list."""

    entry: Entry
    asked: int
    uses: tuple[Use, ...]
    standings: tuple[Standing, ...]
    sittings: int


def shelves(request: StaffRequest) -> list[Shelved]:
    uses, sittings = uses_by_code(request), sittings_by_code(request)
    return [
        Shelved(
            entry,
            asked_of_person(entry),
            uses.get(entry.code, ()),
            standings(tongues(entry)),
            sittings[entry.code],
        )
        for entry in newest_entries(request.user.municipality_id)
    ]


def standings(found: Iterable[Tongue]) -> tuple[Standing, ...]:
    together: dict[str, list[Tongue]] = defaultdict(list)
    for tongue in found:
        together[tongue.stand].append(tongue)
    return tuple(
        Standing(stand, STANDS[stand], same[0].mark, tuple(same))
        for stand, same in together.items()
    )


def asked_of_person(entry: Entry) -> int:
    core = entry.written.part(PartKind.CORE)
    return len(core.questions) if core else 0


def section_chips(parts: list[ToldPart]) -> list[dict[str, object]]:
    """To the sections of a long page, with how many questions each has."""
    return [
        {
            "label": section.title,
            "count": len(section.questions),
            "url": f"#deel-{section.code}",
        }
        for part in parts
        for section in part.sections
    ]


def uses_by_code(request: StaffRequest) -> dict[str, tuple[Use, ...]]:
    """In which pilots, of those one may see, and at which measurements."""
    found: dict[str, list[Use]] = defaultdict(list)
    for pilot in seen(request, Pilot.objects.order_by("name")):
        waves: dict[str, list[str]] = defaultdict(list)
        for wave in rules_of(pilot).waves:
            waves[wave.questionnaire].append(wave.code)
        for code, asked in waves.items():
            found[code].append(Use(pilot, tuple(asked)))
    return {code: tuple(uses) for code, uses in found.items()}


def sittings_by_code(request: StaffRequest) -> Counter[str]:
    rows = seen(request, Sitting.objects.all()).order_by()
    counted = rows.values_list("questionnaire__code").annotate(n=Count("pk"))
    return Counter(dict(counted))


def may_change(request: StaffRequest) -> bool:
    door = DOORS["questionnaires:library_language"]
    return door.reach_of(request.user.roles) is not Reach.NOBODY


def address(name: str, entry: Entry, *more: str) -> str:
    return reverse(f"questionnaires:{name}", args=[entry.code, entry.version, *more])


def sittings_of(request: StaffRequest, entry: Entry) -> int:
    if entry.stored is None:
        return 0
    rows = seen(request, Sitting.objects.filter(questionnaire=entry.stored))
    return rows.count()


def tongues_of_page(entry: Entry, page: Seen, current: str) -> list[dict[str, object]]:
    """The same page in each language that there are words in."""
    return [
        {
            "code": code,
            "name": language_of(code).own_name,
            "url": address("library_as_asked", entry, code) + f"?{page.here}",
            "current": code == current,
        }
        for code in in_order(frozenset(entry.whole.languages))
    ]


def after_pressing(
    request: StaffRequest, entry: Entry, page: Seen, language: str
) -> str:
    """The buttons of the example lead on, and out at the end; they keep nothing."""
    if not page.after or request.POST.get("go") == "stop":
        return address("library_questionnaire", entry)
    onward = address("library_as_asked", entry, language)
    return f"{onward}?{page.after}"


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
