"""Does somebody fit? The list says some of it, the coach's screening the rest.

The newest outcome of each criterion counts. Unknown is not no: the coach asks. Going
against what the list or a rule says needs a reason, and everything that was ever said
stays, with who said it and what it rested on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow import ledger
from trede.inflow.criteria import Outcome as Judgement
from trede.inflow.criteria import Standing, judge, prepare
from trede.inflow.listed import facts_of, judged
from trede.inflow.models import Candidate, CriterionOutcome
from trede.pilots.loading import file_of, rules_of
from trede.pilots.rules import Criterion, Rules

Outcome = CriterionOutcome.Outcome
Source = CriterionOutcome.Source


@dataclass(frozen=True)
class Line:
    """One criterion of the pilot, and what counts for this candidate."""

    criterion: Criterion
    counts: CriterionOutcome | None

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.counts.outcome) if self.counts else Outcome.UNKNOWN


@dataclass(frozen=True)
class Verdict:
    """`by_list` is what the list's criteria come to; `standing` is everything."""

    lines: tuple[Line, ...]

    @property
    def standing(self) -> Standing:
        return _standing(self.lines)

    @property
    def by_list(self) -> Standing:
        return _standing([one for one in self.lines if one.criterion.judged == "list"])

    @property
    def by_screening(self) -> Standing:
        return _standing([one for one in self.lines if one.criterion.judged != "list"])


def verdict(candidate: Candidate) -> Verdict:
    return verdicts([candidate], rules_of(candidate.pilot))[candidate.pk]


def verdicts(candidates: Sequence[Candidate], rules: Rules) -> dict[int, Verdict]:
    """For a page of candidates of one pilot at once."""
    return {
        number: Verdict(
            tuple(Line(one, counting.get(one.code)) for one in rules.criteria)
        )
        for number, counting in ledger.standing(candidates).items()
    }


def record_outcome(
    *,
    candidate: Candidate,
    criterion: str,
    outcome: CriterionOutcome.Outcome,
    source: CriterionOutcome.Source,
    reference_on: date,
    by: Actor,
    at: datetime,
    reason: str = "",
    value: str = "",
) -> CriterionOutcome:
    """Add one line to the ledger. The same thing said twice is kept once."""
    with transaction.atomic():
        now = Candidate.objects.select_for_update().get(pk=candidate.pk)
        if criterion not in {one.code for one in rules_of(now.pilot).criteria}:
            raise Refused(_("This pilot has no such criterion."), "criterion")
        counts = ledger.standing([now])[now.pk].get(criterion)
        if counts and _the_same(counts, outcome, source, reason):
            return counts
        line = CriterionOutcome.objects.create(
            candidate=now,
            criterion=criterion,
            outcome=outcome,
            source=source,
            reference_on=reference_on,
            at=at,
            by=by.name,
            reason=reason,
            value=value or (counts.value if counts else ""),
            rules_number=file_of(now.pilot).number,
        )
        record(
            "recorded the outcome of a criterion",
            by=by,
            at=at,
            on=line,
            persons=[now.person_id],
            fields=[criterion],
            purpose="guidance",
        )
    return line


def screen(
    *,
    candidate: Candidate,
    outcomes: Mapping[str, CriterionOutcome.Outcome],
    by: Actor,
    at: datetime,
    reason: str = "",
) -> Verdict:
    """The coach's own criteria, all or some of them. Others need an exception."""
    codes = {
        one.code for one in ledger.criteria(rules_of(candidate.pilot), "screening")
    }
    if set(outcomes) - codes:
        raise Refused(
            _("The list decides this criterion. Make an exception, with a reason.")
        )
    with transaction.atomic():
        for criterion, outcome in outcomes.items():
            record_outcome(
                candidate=candidate,
                criterion=criterion,
                outcome=outcome,
                source=Source.COACH,
                reference_on=timezone.localdate(at),
                by=by,
                at=at,
                reason=reason,
            )
    return verdict(candidate)


def override(
    *,
    candidate: Candidate,
    criterion: str,
    outcome: CriterionOutcome.Outcome,
    reason: str,
    by: Actor,
    at: datetime,
) -> CriterionOutcome:
    """An exception to what is on the ledger, with the reason why."""
    if not reason.strip():
        raise Refused(
            _("Say why an exception is made: somebody will ask later."), "reason"
        )
    return record_outcome(
        candidate=candidate,
        criterion=criterion,
        outcome=outcome,
        source=Source.OVERRIDE,
        reference_on=timezone.localdate(at),
        by=by,
        at=at,
        reason=reason.strip(),
    )


def judge_known(
    *, candidate: Candidate, reference_on: date, by: Actor, at: datetime
) -> Verdict:
    """Judge the list's criteria by what is known, for who came in another way."""
    with transaction.atomic():
        now = Candidate.objects.select_for_update().get(pk=candidate.pk)
        rules = rules_of(now.pilot)
        said = ledger.standing([now])[now.pk]
        new = [
            (now, one)
            for one in judgements(now, rules, reference_on)
            if ledger.says_something_new(one, said.get(one.code))
        ]
        if new:
            entry = ledger.Entry(
                source=Source.RULE,
                reference_on=reference_on,
                rules_number=file_of(now.pilot).number,
                by=by,
                at=at,
            )
            ledger.append(new, entry)
            record(
                "judged by the criteria",
                by=by,
                at=at,
                on=now,
                persons=[now.person_id],
                fields=[one.code for _candidate, one in new],
                purpose="guidance",
            )
    return verdict(candidate)


def judgements(
    candidate: Candidate, rules: Rules, reference_on: date
) -> tuple[Judgement, ...]:
    """What the list's criteria say of what is known of a candidate."""
    person = candidate.person
    facts = judged(facts_of(candidate), person.birth_date, person.birth_country)
    return judge(facts, prepare(ledger.list_rules(rules), on=reference_on))


def _standing(lines: Sequence[Line]) -> Standing:
    return ledger.came_to(one.outcome for one in lines)


def _the_same(counts: CriterionOutcome, outcome: str, source: str, reason: str) -> bool:
    return (counts.outcome, counts.source, counts.reason) == (outcome, source, reason)
