"""The descriptive tables and claims of an intake report, from a dataset.

The pilot's file says which ages and places are shown as one, which schemes it asks
about and which published group stands beside the figures.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trede.accounts.refusing import Refused
from trede.evaluation import masking as masks
from trede.evaluation.claims import build_claims
from trede.evaluation.dataset import DatasetError
from trede.evaluation.derived import derive
from trede.evaluation.intake_tables import intake_tables
from trede.evaluation.norms import Norms, default_norms
from trede.evaluation.reference_group import NIJMEGEN_2021
from trede.evaluation.results import Claim, Table, as_json
from trede.evaluation.specification import Reference
from trede.evaluation.tables import build_tables
from trede.pilots.mistakes import Complaint
from trede.pilots.rules import Rules
from trede.pilots.sections import refer_to_known
from trede.pilots.study_rules import Band
from trede.studies.baselines import INTAKE
from trede.studies.dataset import Dataset, checked

# A pilot names the group it wants beside its own; only these were published with us.
REFERENCES: Mapping[str, Reference] = {
    "Deelnemers aan het Nijmeegse bijstandsexperiment": NIJMEGEN_2021
}
# By the name that a pilot file gives its norm of disclosure control.
NORMS: Mapping[str, Callable[[], Norms]] = {"public": default_norms}
Json = dict[str, object]


@dataclass(frozen=True)
class Tabulated:
    """The researcher's tables, and by which norm they may become public."""

    tables: tuple[Table, ...]
    claims: tuple[Claim, ...]
    norms: Norms


def tabulate(dataset: Dataset, facts: Mapping[str, int]) -> Tabulated:
    """Refused, with what to correct, when somebody falls outside every band."""
    rules = dataset.rules
    try:
        masking = masking_of(rules)
        data = derive(checked(dataset), masking=masking)
        schemes = tuple(scheme.code for scheme in rules.schemes)
        specs = [
            spec
            for spec in intake_tables(masking=masking, schemes=schemes, wave=INTAKE)
            if spec.id in tables_of(rules)
        ]
        tables = build_tables(data, specs, reference=reference_of(rules))
        claims = build_claims(data, wave=INTAKE, facts=facts)
    except (DatasetError, ValueError) as problem:
        raise Refused(
            _(
                "The tables cannot be made. Correct the answers or the pilot's file:"
                " %(what)s"
            )
            % {"what": str(problem)}
        ) from problem
    return Tabulated(tables, claims, NORMS[rules.report.disclosure_norm]())


def tables_of(rules: Rules) -> frozenset[str]:
    return frozenset(
        table for section in rules.report.sections for table in section.tables
    )


def report_exists(value: object, rules: Rules) -> Iterator[Complaint]:
    """For the pilot file: the norm and the tables of the report are there."""
    norm = [(("disclosure_norm",), rules.report.disclosure_norm)]
    yield from refer_to_known(norm, NORMS, what=gettext_lazy("a norm of Trede"))
    # Which tables there are does not hang on the bands, which may be wrong as yet.
    masking = masks.Masking(rules.pilot.starts_on.year, (), (), {})
    schemes = tuple(scheme.code for scheme in rules.schemes)
    made = {spec.id for spec in intake_tables(masking=masking, schemes=schemes)}
    named = [
        (("sections", place, "tables", spot), table)
        for place, section in enumerate(rules.report.sections)
        for spot, table in enumerate(section.tables)
    ]
    yield from refer_to_known(named, made, what=gettext_lazy("a table of Trede"))


def masking_of(rules: Rules) -> masks.Masking:
    """Ages are reckoned in the year in which the pilot began, for everybody alike."""
    chosen = rules.report.masking
    return masks.Masking(
        rules.pilot.starts_on.year,
        _bands(chosen.age_bands),
        _bands(chosen.migration_age_bands),
        {country: place.code for place in chosen.places for country in place.countries},
    )


def reference_of(rules: Rules) -> Reference | None:
    group = rules.report.reference_group
    return REFERENCES.get(group.name) if group else None


def tables_as_json(tables: tuple[Table, ...], claims: tuple[Claim, ...]) -> Json:
    """Codes and full figures; `reports` finds the words."""
    told = as_json(tables, claims, words=lambda _kind, code: code.split(".")[-1])
    rows = told["tables"]
    if isinstance(rows, list):
        for table, row in zip(tables, rows, strict=True):
            row |= {"stage": table.stage, "wave": table.wave, "form": table.form}
    return told


def _bands(bands: tuple[Band, ...]) -> tuple[masks.Band, ...]:
    return tuple(
        masks.Band(
            band.code,
            band.from_age,
            masks.OLDEST if band.to_age is None else band.to_age,
        )
        for band in bands
    )
