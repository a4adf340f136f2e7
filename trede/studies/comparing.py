"""From a study to what the science compares: one row a person, and what is asked of it.

By pseudonym only. What is compared, and which outcome a research question rests on, was
laid down in the pilot's file before there were answers; the design is the one in force
on the last day of the data. Who waited by lot is compared in the same period: their
second measurement was before the start, that of the others after the end.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.evaluation import dataset as science
from trede.evaluation.codebook import MISSING_REASONS
from trede.evaluation.derived import derive
from trede.evaluation.disclosing.outside import counted_together, few_outside
from trede.evaluation.hours import left_out_from
from trede.evaluation.norms import Norms
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import (
    Amendment,
    Configuration,
    Contrast,
    Outcome,
    Scale,
)
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import DataRefused, People, lay_out
from trede.evaluation.running.reaching import TargetList
from trede.evaluation.running.wrong_columns import DROPOUT, INELIGIBLE, STAYED
from trede.pilots.rules import Rules
from trede.studies.baselines import INTAKE
from trede.studies.courses import PairPlace, columns_of, courses, pair_places
from trede.studies.dataset import Dataset, checked
from trede.studies.flow import Stop
from trede.studies.holding_back import EVALUATION
from trede.studies.journeys import DROPOUTS, Standing, standings
from trede.studies.models import Study
from trede.studies.outcomes_asked import (
    COACH_TREAD,
    EXIT,
    FIRST_RISE,
    TIMES,
    Asked,
    comparable,
)
from trede.studies.reached import target_list
from trede.studies.rows import MISSING, items_of
from trede.studies.small_steps import COLUMNS, small_steps
from trede.studies.spent import spent_beside_steps
from trede.studies.tabulating import masking_of

Json = dict[str, object]
Row = dict[str, object]
REPEATED_INTAKE, FOLLOW_UP = "T0b", "T2"
BEFORE, AFTER, LATER = "t0", "t1", "t2"
# Which wave is which moment, for whom by lot waited as well.
WAVES: Mapping[str, str] = {BEFORE: INTAKE, AFTER: EVALUATION, LATER: FOLLOW_UP}
WAITING: Mapping[str, str] = {
    BEFORE: INTAKE,
    AFTER: REPEATED_INTAKE,
    LATER: EVALUATION,
}
DIFFERENCES = (
    Contrast("difference_1", BEFORE, AFTER),
    Contrast("difference_2", AFTER, LATER),
)
ASKED_BY = ("mode", "language", "helper", "circumstance")


@dataclass(frozen=True)
class Comparison:
    """`answers` is the dataset of the tables, with what follows from the answers;
    `spent` what was spent beside the steps that people made, `everybody` who was to be
    reached."""

    people: People
    configuration: Configuration
    answers: science.Dataset
    spent: list[Json]
    everybody: TargetList

    @property
    def data_hash(self) -> str:
        """SHA-256 of everything that an estimate rests on."""
        asked = "\n".join(
            f"{each.name} = {getattr(self.configuration, each.name)!r}"
            for each in fields(Configuration)
        )
        told = self.people.frame.write_csv() + self.everybody.as_csv()
        return hashlib.sha256(f"{told}\n{asked}".encode()).hexdigest()

    def analysis(self) -> Json:
        return as_json(analyse(self.people, self.configuration, self.everybody))

    def few_outside(self, norms: Norms) -> bool:
        return few_outside(self.people, norms)

    def counted_together(self) -> "Comparison":
        together = counted_together(self.people, self.configuration)
        return replace(self, people=together)


def compare(
    study: Study, until: date, dataset: Dataset, ends: Mapping[int, Stop]
) -> Comparison:
    """Refused, with what to do, where the design or the data allow no comparison."""
    rules = dataset.rules
    design = _design(rules, until)
    answers = derive(checked(dataset), masking=masking_of(rules))
    gathered = _Gathered(study, until, dataset, answers, design)
    configuration = _configuration(study, until, gathered)
    frame = pl.DataFrame(list(gathered.rows()), schema=gathered.columns())
    try:
        people = lay_out(frame, configuration)
    except DataRefused as problem:
        raise Refused(
            _("The measurements cannot be compared. Tell the administrator: %(what)s")
            % {"what": str(problem)}
        ) from problem
    spent = spent_beside_steps(
        study.pilot,
        gathered.who_belong(),
        until,
        seed=configuration.seed,
        price=gathered.rules.final_report.hour_price,
    )
    everybody = target_list(study.pilot, rules, until, ends)
    return Comparison(people, configuration, answers, spent, everybody)


def _design(rules: Rules, until: date) -> Design:
    held = [design for design in rules.designs if design.from_on <= until]
    newest = max(held or rules.designs, key=lambda design: design.from_on)
    if newest.kind == "control_group":
        raise Refused(
            _(
                "The control group of this pilot is not in Trede. Download the data,"
                " add the answers of the control group, and use `trede evaluate`."
            )
        )
    return Design(newest.kind)


class _Gathered:
    """What is known of everybody with an intake, a row each, in order of pseudonym."""

    def __init__(
        self,
        study: Study,
        until: date,
        dataset: Dataset,
        answers: science.Dataset,
        design: Design,
    ) -> None:
        pilot, rules = study.pilot, dataset.rules
        self.rules, self.design = rules, design
        self.by_lot = design is Design.WAITING_LIST
        rows = answers.frame.to_dicts()
        about = dataset.frame.select("person", "wave", *ASKED_BY).to_dicts()
        self.answers = {(row["person"], row["wave"]): row for row in rows}
        self.about = {(row["person"], row["wave"]): row for row in about}
        codes = dataset.frame["person"].to_list()
        sittings = zip(codes, dataset.sittings, strict=True)
        self.people: dict[str, int] = {
            code: sitting.person_id
            for code, sitting in sittings
            if sitting.wave == INTAKE
        }
        everybody = set(self.people.values())
        self.courses = courses(pilot, everybody, until)
        self.small_steps = small_steps(pilot, everybody, until)
        self.pairs = pair_places(pilot, until) if self.by_lot else {}
        self.standings = standings(pilot, rules, until)
        self.outcomes = self._outcomes(dataset, answers)
        self.moments = [m for m in WAVES if m != LATER or self._has_later()]
        self.coaches = self._made_up(
            {person: course.coach for person, course in self.courses.items()}
        )
        self.pair_codes = self._made_up(
            {p: each.pair for p, each in self.pairs.items()}
        )

    def _outcomes(
        self, dataset: Dataset, answers: science.Dataset
    ) -> Mapping[str, Asked]:
        asked = [
            items_of(one for one in dataset.sittings if one.wave == wave)
            for wave in (INTAKE, EVALUATION)
        ]
        known = comparable(asked[0], asked[1], self.rules)
        there = {*answers.codes, COACH_TREAD, *TIMES}
        wanted = self.rules.final_report.outcomes or known
        return {code: known[code] for code in wanted if code in known and code in there}

    def _has_later(self) -> bool:
        return any(
            (code, self._waves(code)[LATER]) in self.answers for code in self.people
        )

    def _made_up(self, numbers: Mapping[int, int]) -> dict[int, str]:
        """A code for each number, in order of pseudonym: it tells nothing of it."""
        known: dict[int, str] = {}
        made: dict[int, str] = {}
        for person_id in self.people.values():
            if person_id in numbers:
                number = numbers[person_id]
                made[person_id] = known.setdefault(number, f"{len(known) + 1:03d}")
        return made

    def who_belong(self) -> list[int]:
        """Everybody but who proved not to fit the criteria."""
        return [
            person
            for person in self.people.values()
            if _status(self.standings.get(person)) != INELIGIBLE
        ]

    def rows(self) -> Iterator[Row]:
        for code, person_id in self.people.items():
            if self.by_lot and person_id not in self.pairs:
                continue
            yield self._row(code, person_id)

    def _row(self, code: str, person_id: int) -> Row:
        course = self.courses.get(person_id)
        row: Row = {
            "person": code,
            "status": _status(self.standings.get(person_id)),
            "cluster": self.coaches.get(person_id),
        }
        place = self.pairs.get(person_id)
        if place is not None:
            row |= {"pair": self.pair_codes[person_id], "arm": int(place.first)}
        intake = self.answers[code, INTAKE]
        for name in self.known_beforehand():
            row[name] = _beforehand(intake.get(name))
        for moment, wave in self._waves(code).items():
            if moment in self.moments:
                row |= self._at(moment, code, wave)
        if course is not None:
            told = columns_of(course, BEFORE, AFTER, self._way_out(person_id))
            row |= {
                k: v for k, v in told.items() if k.rsplit("_", 1)[0] in self.outcomes
            }
        return row | dict(self.small_steps.get(person_id, {}))

    def _way_out(self, person_id: int) -> str:
        """What the closing counts as by the pilot's own reasons."""
        standing = self.standings.get(person_id)
        return (standing and standing.counts_as) or "other"

    def _waves(self, code: str) -> Mapping[str, str]:
        place: PairPlace | None = self.pairs.get(self.people[code])
        return WAITING if place is not None and not place.first else WAVES

    def _at(self, moment: str, code: str, wave: str) -> Row:
        about = self.about.get((code, wave), {})
        row: Row = {f"{way}_{moment}": about.get(way) for way in ASKED_BY}
        given = self.answers.get((code, wave), {})
        for outcome, asked in self.outcomes.items():
            if outcome not in given:
                continue
            limit = left_out_from(outcome)
            row[f"{outcome}_{moment}"] = _number(asked, given[outcome], limit)
            row[f"{outcome}_{moment}_missing"] = given[outcome + MISSING]
        return row

    def steps(self) -> tuple[str, ...]:
        """The columns of small steps, where coaches keep those."""
        return tuple(COLUMNS) if self.small_steps else ()

    def known_beforehand(self) -> tuple[str, ...]:
        """What is known of people at the intake and asked for by the plan."""
        plan = self.rules.final_report
        wanted = dict.fromkeys((*plan.covariates, *plan.subgroups))
        there = set().union(*self.answers.values()) if self.answers else set()
        return tuple(name for name in wanted if name in there)

    def columns(self) -> dict[str, pl.DataType]:
        """Every column with its kind, also one that nobody has a value in."""
        kinds: dict[str, pl.DataType] = dict.fromkeys(
            ("person", "status", "cluster"), pl.String()
        )
        if self.by_lot:
            kinds |= {"pair": pl.String(), "arm": pl.Int64()}
        for name in self.known_beforehand():
            kinds[name] = pl.Float64() if self._is_number(name) else pl.String()
        for moment in self.moments:
            kinds |= {f"{way}_{moment}": pl.String() for way in ASKED_BY}
        for code, asked in self.outcomes.items():
            if asked.type == "time":
                kinds |= {f"{code}_days": pl.Float64(), f"{code}_event": pl.Float64()}
                kinds |= {f"{code}_kind": pl.String()} if code == EXIT else {}
                continue
            for moment in self.moments:
                kinds[f"{code}_{moment}"] = pl.Float64()
                if code != COACH_TREAD:
                    kinds[f"{code}_{moment}_missing"] = pl.String()
        return kinds | dict.fromkeys(self.steps(), pl.Float64())

    def _is_number(self, name: str) -> bool:
        values = [self.answers[code, INTAKE].get(name) for code in self.people]
        return all(isinstance(_beforehand(value), int | None) for value in values)


def _status(standing: Standing | None) -> str:
    if standing is None or standing.group != DROPOUTS:
        return STAYED
    return INELIGIBLE if standing.counts_as == "ineligible" else DROPOUT


def _beforehand(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _number(asked: Asked, value: object, limit: int) -> float | None:
    if value is None or value in MISSING_REASONS:
        return None
    if asked.type == "binary":
        return float(value == "yes")
    if asked.type == "hours" and value == "not":
        return 0.0
    told = float(str(value))
    return None if asked.type == "hours" and told >= limit else told


def _configuration(study: Study, until: date, found: _Gathered) -> Configuration:
    plan = found.rules.final_report
    moments = set(found.moments)
    return Configuration(
        design=found.design,
        estimand=plan.estimand or "",
        seed=plan.seed,
        contrasts=tuple(
            each for each in DIFFERENCES if {each.before, each.after} <= moments
        ),
        outcomes=tuple(_outcomes(found)),
        covariates=_there(plan.covariates, found.known_beforehand()),
        subgroups=_there(plan.subgroups, found.known_beforehand()),
        amendments=tuple(
            Amendment(one.on, one.reason)
            for one in study.amendments.filter(on__lte=until)
        ),
        scales=tuple(_scales(found)),
        horizon=plan.follow_days,
        small_steps=found.steps(),
        pilot=study.pilot.name,
    )


def _outcomes(found: _Gathered) -> Iterator[Outcome]:
    plan = found.rules.final_report
    primary = {each.primary: each.label for each in plan.questions}
    beside = {code: each.label for each in plan.questions for code in each.outcomes}
    family = {code: each.code for each in plan.families for code in each.outcomes}
    named = {*plan.outcomes, *primary, *beside, *family}
    scores = {
        scale.code: Asked("score")
        for scale in plan.scales
        if scale.code in named and found.outcomes.keys() >= set(scale.items)
    }
    for code, asked in {**found.outcomes, **scores}.items():
        yield Outcome(
            code,
            asked.type,
            scale=asked.scale,
            question=primary.get(code) or beside.get(code, ""),
            primary=code in primary,
            family=family.get(code, ""),
            rise_on=COACH_TREAD if code == FIRST_RISE else "",
        )


def _scales(found: _Gathered) -> Iterator[Scale]:
    """An item for which lower is better counts from the other end, beside others."""
    plan = found.rules.final_report
    for scale in plan.scales:
        items = _there(scale.items, found.outcomes)
        turned = _there(items, plan.lower_is_better)
        if len(items) > 1:
            share = scale.answered_percent / 100
            yield Scale(scale.code, items, turned if turned != items else (), share)


def _there(wanted: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    known = frozenset(known)
    return tuple(code for code in wanted if code in known)
