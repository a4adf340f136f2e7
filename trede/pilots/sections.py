"""Later steps of the journey check their part of a pilot file.

The questionnaires know which questionnaires exist, the reports which tables. They
come after the pilots and so register themselves here, from their `apps.py`. A section
of its own that a step registers may stand in the file; one that nobody registered is
a mistake.
"""

from collections.abc import Callable, Iterable, Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.pilots.mistakes import Complaint
from trede.pilots.positions import Path
from trede.pilots.rules import Rules
from trede.pilots.shape import Words
from trede.pilots.shaping import nearest

# The section's value (shaped for a section of `Rules`, plain TOML for one of a later
# step) and all rules; the paths of the complaints start inside the section.
Validate = Callable[[object, Rules], Iterable[Complaint]]

# The same for what only the municipality of the pilot has: its key, and all rules.
ValidateForTown = Callable[[int, Rules], Iterable[Complaint]]

_VALIDATORS: dict[str, list[Validate]] = {}


_FOR_TOWN: dict[str, ValidateForTown] = {}


def register_section(name: str, validate: Validate) -> None:
    validators = _VALIDATORS.setdefault(name, [])
    if validate not in validators:
        validators.append(validate)


def register_section_for_town(name: str, validate: ValidateForTown) -> None:
    _FOR_TOWN[name] = validate


def registered() -> frozenset[str]:
    return frozenset(_VALIDATORS)


def complaints_of_later_steps(rules: Rules) -> Iterator[Complaint]:
    for name, validators in _VALIDATORS.items():
        value = rules.sections.get(name, getattr(rules, name, None))
        if value is None:
            continue
        for validate in validators:
            for complaint in validate(value, rules):
                yield _within(name, complaint)


def complaints_for_town(town: int, rules: Rules) -> Iterator[Complaint]:
    """A file by itself does not tell whose it is: asked when it is loaded."""
    for name, validate in _FOR_TOWN.items():
        for complaint in validate(town, rules):
            yield _within(name, complaint)


def refer_to_known(
    named: Iterable[tuple[Path, str]], known: Iterable[str], *, what: Words
) -> Iterator[Complaint]:
    """A complaint for each code that names nothing; `what` it should be the code of."""
    known = frozenset(known)
    for path, code in named:
        if code not in known:
            yield Complaint(
                path,
                format_lazy(_("“{code}” is not {what}."), code=code, what=what),
                nearest(code, known),
            )


def _within(name: str, complaint: Complaint) -> Complaint:
    return Complaint(
        path=(name, *complaint.path),
        what=complaint.what,
        fix=complaint.fix,
        rests_on=complaint.rests_on,
    )
