"""What the pages about eligibility show: what counts, and everything that was said."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.inflow import screening
from trede.inflow.list_words import YES_NO, dutch_date
from trede.inflow.models import Candidate, CriterionOutcome
from trede.inflow.rule_changes import Consequences, Flip
from trede.inflow.waiting import BEFORE_THE_LIST, why_not_on_the_list
from trede.people.models import Person
from trede.pilots.rules import Rules

Context = dict[str, object]
SHOWN = 100
STANDINGS: Mapping[str, Promise] = {
    "eligible": pgettext_lazy("eligibility", "fits"),
    "ineligible": pgettext_lazy("eligibility", "does not fit"),
    "undecided": pgettext_lazy("eligibility", "not decided yet"),
}
# As the criteria write down what a flag said.
ANSWERS = {"yes": YES_NO["1"], "no": YES_NO["0"]}
MARKS = {"met": "done", "not_met": "none", "unknown": "wait"}


def ledger_of(candidate: Candidate) -> Context:
    verdict = screening.verdict(candidate)
    labels = {one.criterion.code: one.criterion.label for one in verdict.lines}
    may_wait = candidate.stage in BEFORE_THE_LIST
    history = list(candidate.ledger.order_by("-at", "-pk"))
    names = _names(history)
    return {
        "candidate": candidate,
        "person": candidate.person,
        "may_wait": may_wait,
        "why_not": why_not_on_the_list(verdict) if may_wait else "",
        "by_list": STANDINGS[verdict.by_list],
        "standing": STANDINGS[verdict.standing],
        "listed": [_line(one, names) for one in _of(verdict, "list")],
        "screened": [_line(one, names) for one in _of(verdict, "screening")],
        "history": [
            {**_said(one, names), "label": labels.get(one.criterion, one.criterion)}
            for one in history
        ],
    }


def consequences(found: Consequences, rules: Rules) -> Context:
    labels = {one.code: one.label for one in rules.criteria}
    shown = found.flips[:SHOWN]
    people = Person.objects.in_bulk([one.candidate.person_id for one in shown])
    return {
        "found": found,
        "counts": [
            {"was": STANDINGS[was], "becomes": STANDINGS[becomes], "n": n}
            for (was, becomes), n in sorted(found.counted().items())
        ],
        "flips": [_flip(one, people, labels) for one in shown],
        "more": len(found.flips) - len(shown),
    }


def people_in(found: Consequences) -> Iterable[int]:
    return [one.candidate.person_id for one in found.flips[:SHOWN]]


def _flip(
    one: Flip, people: Mapping[int, Person], labels: Mapping[str, str]
) -> Context:
    return {
        "candidate": one.candidate,
        "name": people[one.candidate.person_id].full_name,
        "was": STANDINGS[one.was],
        "becomes": STANDINGS[one.becomes],
        "because": ", ".join(labels.get(code, code) for code in one.because),
    }


def _of(verdict: screening.Verdict, judged: str) -> list[screening.Line]:
    return [one for one in verdict.lines if one.criterion.judged == judged]


def _line(one: screening.Line, names: Mapping[str, str]) -> Context:
    said = _said(one.counts, names) if one.counts else {}
    return {
        **said,
        "label": one.criterion.label,
        "outcome": one.outcome.label,
        "mark": MARKS[one.outcome.value],
    }


def _said(one: CriterionOutcome, names: Mapping[str, str]) -> Context:
    return {
        "outcome": one.get_outcome_display(),
        "mark": MARKS[one.outcome],
        "source": one.get_source_display(),
        "value": str(ANSWERS.get(one.value, dutch_date(one.value))),
        "reference_on": one.reference_on,
        "at": one.at,
        "by": names.get(one.by, _("Trede itself")),
        "reason": one.reason,
        "version": one.rules_number,
    }


def _names(lines: Iterable[CriterionOutcome]) -> dict[str, str]:
    numbers = {one.by.partition(":")[2] for one in lines if one.by.startswith("staff:")}
    staff = Staff.objects.filter(pk__in=[int(number) for number in numbers])
    return {one.actor: one.name for one in staff}
