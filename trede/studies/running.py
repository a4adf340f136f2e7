"""A run: the tables of a report, computed once, dated, and never changed.

It keeps what is needed to make the same figures again: until when, the hash of the
data, the versions of Trede, of what computes below it and of the pilot's file. When
somebody who was in it stops with the study, the run is marked: the same figures cannot
be made any more.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede import __version__
from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.evaluation.running.made_with import versions
from trede.people.models import Person, Purpose
from trede.pilots.loading import file_of, rules_of
from trede.pilots.models import Pilot
from trede.studies.carried_out import carried_out, carried_out_for_public
from trede.studies.comparing import Comparison, compare
from trede.studies.dataset import Dataset, build
from trede.studies.flow import Flow, Stop, flow_of, stops
from trede.studies.holding_back import evaluation_held_back, refuse_while_held_back
from trede.studies.languages_asked import languages_for_public, languages_of
from trede.studies.measured import waves_of
from trede.studies.models import Member, Pseudonym, Run, Study
from trede.studies.names_told import names_of
from trede.studies.places import beside
from trede.studies.protecting import Protected, protect_report
from trede.studies.spent import spent_for_public
from trede.studies.tabulating import Json, Tabulated, tables_as_json, tabulate

AT_A_TIME = 500


def run_interim(*, study: Study, until: date, by: Actor, at: datetime) -> Run:
    """Compute everything that a report on the intake shows, up to and with this day."""
    return compute(study=study, until=until, edition=Run.Edition.INTERIM, by=by, at=at)


def run_final(*, study: Study, until: date, by: Actor, at: datetime) -> Run:
    """The same, and how the evaluation compares with the intake. Refused while the
    evaluation is held back."""
    return compute(study=study, until=until, edition=Run.Edition.FINAL, by=by, at=at)


@dataclass(frozen=True)
class MadeOf:
    """The data of a run; `compared` is there of a final report."""

    dataset: Dataset
    ends: Mapping[int, Stop]
    compared: Comparison | None

    @property
    def data_hash(self) -> str:
        """Of everything that the figures rest on."""
        if self.compared is None:
            return self.dataset.data_hash
        both = f"{self.dataset.data_hash} {self.compared.data_hash}"
        return hashlib.sha256(both.encode()).hexdigest()


def made_of(study: Study, until: date, edition: Run.Edition) -> MadeOf:
    with transaction.atomic():
        dataset, ends = build(study, until), stops(study.pilot, until)
        final = edition == Run.Edition.FINAL
        compared = compare(study, until, dataset, ends) if final else None
    return MadeOf(dataset, ends, compared)


def compute(
    *, study: Study, until: date, edition: Run.Edition, by: Actor, at: datetime
) -> Run:
    run, _data = compute_with_data(
        study=study, until=until, edition=edition, by=by, at=at
    )
    return run


def compute_with_data(
    *, study: Study, until: date, edition: Run.Edition, by: Actor, at: datetime
) -> tuple[Run, MadeOf]:
    """The run, and what it was made of for who protects it next (`protect_run`)."""
    if until > timezone.localdate(at):
        raise Refused(
            _("This date has not come yet. Choose today or earlier."), "until"
        )
    with transaction.atomic():
        if edition == Run.Edition.FINAL:
            refuse_while_held_back(study, rules_of(study.pilot, until), until)
        data = made_of(study, until, edition)
        dataset, compared = data.dataset, data.compared
        whole = flow_of(data.ends.values())
        tabulated = tabulate(dataset, _facts(dataset, whole))
        results = _results(study, until, dataset, whole, tabulated)
        if compared is not None:
            results["analysis"] = compared.analysis()
            results["spent"] = compared.spent
            results["names"] = names_of(dataset, compared.configuration)
        run = Run.objects.create(
            study=study,
            edition=edition,
            until_on=until,
            at=at,
            by=by.name,
            data_hash=data.data_hash,
            version=__version__,
            rules_number=file_of(study.pilot, until).number,
            results=results,
        )
        Member.objects.bulk_create(_members(run, dataset), batch_size=AT_A_TIME)
        record("computed a report", by=by, at=at, on=run, purpose="research")
    return run, data


def protect_run(
    run: Run,
    *,
    earlier: list[tuple[Run, Json]],
    by_decision: Collection[str] = (),
    data: MadeOf | None = None,
) -> Protected:
    """The public form of a run. `by_decision`: figures that are shown although they
    would be withheld. `data`: what it was made of, just now; else that is put together
    anew, and must be the same."""
    if run.not_repeatable_since:
        raise _cannot_repeat(run)
    study, until = run.study, run.until_on
    data = data or made_of(study, until, Run.Edition(run.edition))
    if data.data_hash != run.data_hash:
        raise _cannot_repeat(run)
    dataset, ends = data.dataset, data.ends
    whole = flow_of(ends.values())
    tabulated = tabulate(dataset, _facts(dataset, whole))
    protected = protect_report(
        tabulated,
        beside(run, dataset, ends, [told for _run, told in earlier]),
        run,
        earlier,
        compared=data.compared,
        by_decision=by_decision,
    )
    shown = dict(run.results) | protected.shown
    if "languages" in shown:
        shown["languages"] = languages_for_public(cast(Json, shown["languages"]))
    if "spent" in shown:
        analysis = cast(Json, shown["analysis"])
        shown["spent"] = spent_for_public(cast(list[Json], shown["spent"]), analysis)
    if "carried_out" in shown:
        acts = cast(list[Json], shown["carried_out"])
        shown["carried_out"] = carried_out_for_public(acts)
    if cast(Json, shown["held_back"])["evaluated"] is None:
        shown["claims"] = [
            claim | {"n": None, "suppressed": "withheld"}
            if claim["code"] == "evaluated"
            else claim
            for claim in cast(list[Json], shown["claims"])
        ]
    return Protected(shown, protected.told, protected.decisions)


def mark_not_repeatable(
    *, person: Person, pilot: Pilot, purpose: Purpose, at: datetime
) -> None:
    """Somebody withdrew: the runs with their answers cannot be repeated, and the key
    from the pseudonym in files that were taken along to the person goes."""
    if purpose is not Purpose.STUDY:
        return
    key = Pseudonym.objects.filter(study__pilot=pilot, person=person).first()
    if key is not None:
        mark_runs_with(key, at)
        key.delete()


def mark_runs_with(key: Pseudonym, at: datetime) -> None:
    runs = Run.objects.filter(study=key.study_id, members__code=key.code)
    marked = Run.objects.filter(pk__in=runs.values("pk"), not_repeatable_since=None)
    marked.update(not_repeatable_since=at)


def _results(
    study: Study, until: date, dataset: Dataset, whole: Flow, tabulated: Tabulated
) -> Json:
    held = evaluation_held_back(study, dataset.rules, until)
    return tables_as_json(tabulated.tables, tabulated.claims) | {
        "flow": whole.as_json(),
        "held_back": held.as_json(),
        "waves": waves_of(dataset),
        "languages": languages_of(dataset, study.pilot),
        "carried_out": carried_out(study.pilot, until),
        "invented": study.pilot.fictitious,
        "simulated": list(dataset.simulated_waves),
        "versions": dict(versions()),
    }


def _facts(dataset: Dataset, whole: Flow) -> dict[str, int]:
    """Figures of the programme, which the answers do not know."""
    steps = {step.code: step.n for step in whole.steps}
    rules = dataset.rules
    return {
        "target_list": steps["candidates"],
        "aim": rules.pilot.aim,
        "evaluated": steps["evaluated"],
        "trajectory_months": rules.limits.trajectory_months,
        "caseload_from": rules.limits.caseload_from,
        "caseload_to": rules.limits.caseload_to,
    }


def _members(run: Run, dataset: Dataset) -> list[Member]:
    places = dataset.frame.select("person", "wave", "group").iter_rows()
    return [
        Member(run=run, code=code, wave=wave, group=group, sitting_number=sitting.pk)
        for (code, wave, group), sitting in zip(places, dataset.sittings, strict=True)
    ]


def _cannot_repeat(run: Run) -> Refused:
    if run.not_repeatable_since:
        return Refused(
            _(
                "Since this was computed somebody stopped with the study, so it cannot"
                " be repeated. Compute it anew."
            )
        )
    if run.version != __version__:
        return Refused(
            _(
                "This was computed with Trede %(then)s; this is Trede %(now)s, which"
                " puts the data together otherwise. Only Trede %(then)s can repeat it."
                " Compute it anew."
            )
            % {"then": run.version, "now": __version__}
        )
    return Refused(
        _(
            "The data are not what they were when this was computed: something was"
            " typed in or corrected since, or Trede puts them together otherwise."
            " Compute it anew."
        )
    )
