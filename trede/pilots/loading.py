"""Loading a pilot's file, and finding the rules that hold on a day.

A file is a dated version: loading appends one, with the reason, and nothing is changed
in an older one. The roles that the file asks a second step of hold from then on for the
whole municipality.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.pilots.models import Pilot, PilotFile
from trede.pilots.reading import read_rules, refuse_for_town
from trede.pilots.rules import Rules


@transaction.atomic
def load_pilot(
    *,
    text: str,
    municipality: Municipality,
    reason: str,
    by: Actor,
    at: datetime,
    in_force_from: date | None = None,
) -> Pilot:
    """Append a version of the pilot's file. Raises `RulesRefused` or `Refused`."""
    rules = _read(text)
    refuse_for_town(text, rules, town=municipality.pk)
    pilot = _pilot_of(rules, municipality)
    before = pilot.files.select_for_update().order_by("-number").first()
    if before is not None and before.text == text:
        return pilot
    file = PilotFile.objects.create(
        pilot=pilot,
        number=before.number + 1 if before else 1,
        text=text,
        in_force_from=in_force_from or at.date(),
        reason=reason,
        loaded_at=at,
        loaded_by=by.staff,
    )
    if pilot.name != rules.pilot.name:
        pilot.name = rules.pilot.name
        pilot.save(update_fields=["name"])
    _ask_second_step(municipality, rules)
    record("loaded a pilot file", by=by, at=at, on=file, purpose="management")
    return pilot


def _pilot_of(rules: Rules, municipality: Municipality) -> Pilot:
    pilot, _made = Pilot.objects.get_or_create(
        code=rules.pilot.code,
        defaults={
            "municipality": municipality,
            "name": rules.pilot.name,
            "fictitious": municipality.fictitious,
        },
    )
    if pilot.municipality_id != municipality.pk:
        raise Refused(
            _("Another municipality has a pilot with this code. Choose another code.")
        )
    return pilot


def _ask_second_step(municipality: Municipality, rules: Rules) -> None:
    asked = {role.code for role in rules.roles if role.second_factor}
    if asked - set(municipality.second_step_roles):
        municipality.second_step_roles = sorted(
            asked | set(municipality.second_step_roles)
        )
        municipality.save(update_fields=["second_step_roles"])


def file_of(pilot: Pilot, on: date | None = None) -> PilotFile:
    """The version in force on a day (default: the newest). A day before the first
    version gets the first: a pilot had rules before they were put into Trede."""
    # All versions, for they are few: who prefetched them asks no more.
    files = sorted(pilot.files.all(), key=lambda file: file.number)
    if not files:
        raise Refused(_("This pilot has no file yet. Load one first."))
    held = [file for file in files if on is None or file.in_force_from <= on]
    return held[-1] if held else files[0]


def pilots_with(files: Iterable[PilotFile]) -> list[Pilot]:
    """The pilots of these files, each with its own as if prefetched: for who asked for
    the files with something else, joined to their pilot."""
    pilots: dict[int, Pilot] = {}
    of_each: dict[int, list[PilotFile]] = {}
    for one in files:
        pilots.setdefault(one.pilot_id, one.pilot)
        of_each.setdefault(one.pilot_id, []).append(one)
    for number, pilot in pilots.items():
        known: Any = pilot.files.all()
        known._result_cache, known._prefetch_done = of_each[number], True
        pilot.__dict__["_prefetched_objects_cache"] = {"files": known}
    return list(pilots.values())


def rules_of(pilot: Pilot, on: date | None = None) -> Rules:
    return _read(file_of(pilot, on).text)


# Reading takes some tens of milliseconds, and most pages need the rules.
_read = lru_cache(maxsize=64)(read_rules)
