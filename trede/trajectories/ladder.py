"""The coach's tread on the Participation Ladder, decided by questions in the talk.

The questions are asked from the highest tread down; the first rule that holds decides,
and what stands below it need not be asked. The coach may put somebody on another tread
with a reason; both treads are kept, with the answers and the version of the rules. The
person's own questionnaire plays no part here: the research tread is another matter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.pilots.loading import rules_of
from trede.pilots.mistakes import Complaint
from trede.pilots.rules import Rules
from trede.pilots.sections import refer_to_known
from trede.trajectories.models import LadderAssessment, Trajectory
from trede.trajectories.running import held, refuse_future, staff_of


@dataclass(frozen=True)
class Rule:
    """Holds when everything in `when` is answered as given, in that order."""

    tread: int
    when: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Ladder:
    version: str
    treads: Mapping[int, Promise]
    # The shipped questionnaire in whose words the coach asks.
    asks: str
    rules: tuple[Rule, ...]


class Unanswered(Refused):
    """A question that is needed for the decision was left open."""

    def __init__(self, code: str) -> None:
        super().__init__(_("Answer this question too: it is needed to decide."), code)


SIX_TREADS = Ladder(
    version="vng-6-1",
    treads={
        1: pgettext_lazy("tread", "Isolated"),
        2: pgettext_lazy("tread", "Social contacts outdoors"),
        3: pgettext_lazy("tread", "Organised activities"),
        4: pgettext_lazy("tread", "Unpaid work"),
        5: pgettext_lazy("tread", "Paid work with support"),
        6: pgettext_lazy("tread", "Paid work"),
    },
    asks="ladder",
    rules=(
        Rule(
            6,
            (
                ("paid_work", True),
                ("supplement", False),
                ("provision", False),
                ("guidance", False),
            ),
        ),
        Rule(5, (("paid_work", True),)),
        Rule(4, (("unpaid_work", True), ("unpaid_weekly", True))),
        Rule(3, (("organised_weekly", True),)),
        Rule(2, (("contact_weekly", True),)),
        Rule(1, ()),
    ),
)
# By the name that a pilot file gives its ladder.
LADDERS: Mapping[str, Ladder] = {"vng_six_treads": SIX_TREADS}
Answers = Mapping[str, bool | None]


def ladder_of(name: str) -> Ladder:
    if name not in LADDERS:
        raise Refused(
            _("The ladder “%(name)s” of this pilot is not known.") % {"name": name}
        )
    return LADDERS[name]


def ladder_exists(value: object, rules: Rules) -> Iterator[Complaint]:
    """For the pilot file: coaches can only follow rules that are there."""
    named = [(("version",), rules.ladder.version)]
    return refer_to_known(named, LADDERS, what=gettext_lazy("a ladder of Trede"))


def decide(answers: Answers, ladder: Ladder = SIX_TREADS) -> int:
    """The highest tread whose rule holds. Raises `Unanswered`."""
    return next(rule.tread for rule in ladder.rules if _holds(rule, answers))


def asked(answers: Answers, ladder: Ladder = SIX_TREADS) -> Iterator[tuple[str, bool]]:
    """The answers on which the decision rests, in the order of asking."""
    seen: set[str] = set()
    for rule in ladder.rules:
        for code, wanted in rule.when:
            given = answers.get(code)
            if given is None:
                return
            if code not in seen:
                seen.add(code)
                yield code, given
            if given != wanted:
                break
        else:
            return


def assess(
    *,
    trajectory: Trajectory,
    answers: Answers,
    reference_on: date,
    by: Actor,
    at: datetime,
    tread: int | None = None,
    override_reason: str = "",
    growth_potential: int | None = None,
) -> LadderAssessment:
    """`tread` is the coach's own, where it differs from what the rules say."""
    with transaction.atomic():
        now = held(trajectory)
        _refuse_day(now, reference_on, at)
        rules = rules_of(now.pilot, reference_on)
        ladder = ladder_of(rules.ladder.version)
        by_rule = decide(answers, ladder)
        chosen = tread or by_rule
        reason = _reason(ladder, by_rule, chosen, override_reason)
        _refuse_growth(ladder, chosen, growth_potential, rules.ladder.growth_potential)
        assessment = LadderAssessment(
            trajectory=now,
            reference_on=reference_on,
            answers=dict(asked(answers, ladder)),
            version=ladder.version,
            tread_by_rule=by_rule,
            tread=chosen,
            override_reason=reason,
            growth_potential=growth_potential,
            at=at,
            by=staff_of(by),
        )
        same = _same(assessment)
        if same:
            return same
        assessment.save()
        persons = [now.person_id]
        record("noted a tread", by=by, at=at, on=assessment, persons=persons)
    return assessment


def take_back(
    *, assessment: LadderAssessment, by: Actor, at: datetime
) -> LadderAssessment:
    """It was noted by mistake: the row stays and does not count. Twice is once."""
    with transaction.atomic():
        trajectory = held(assessment.trajectory)
        now = trajectory.assessments.get(pk=assessment.pk)
        if now.reversed_at is None:
            now.reversed_at = at
            now.save(update_fields=["reversed_at"])
            persons = [trajectory.person_id]
            record("took back a tread", by=by, at=at, on=now, persons=persons)
    return now


def _holds(rule: Rule, answers: Answers) -> bool:
    for code, wanted in rule.when:
        given = answers.get(code)
        if given is None:
            raise Unanswered(code)
        if given != wanted:
            return False
    return True


def _refuse_day(now: Trajectory, reference_on: date, at: datetime) -> None:
    refuse_future(reference_on, at, "reference_on")
    if now.closed_on and reference_on > now.closed_on:
        raise Refused(
            _("The trajectory was closed before this day. Choose an earlier day."),
            "reference_on",
        )


def _reason(ladder: Ladder, by_rule: int, chosen: int, reason: str) -> str:
    if chosen not in ladder.treads:
        raise Refused(_("Choose a tread of the ladder."), "tread")
    if chosen == by_rule:
        return ""
    if not reason.strip():
        raise Refused(
            _(
                "By the answers it is tread %(tread)d. Write why you choose another"
                " one, or leave the tread open."
            )
            % {"tread": by_rule},
            "override_reason",
        )
    return reason.strip()


def _refuse_growth(
    ladder: Ladder, chosen: int, growth: int | None, is_used: bool
) -> None:
    if growth is None:
        return
    if not is_used:
        raise Refused(_("This pilot does not note the growth potential."))
    if growth not in ladder.treads or growth < chosen:
        raise Refused(
            _("The growth potential is the present tread or a higher one."),
            "growth_potential",
        )


def _same(new: LadderAssessment) -> LadderAssessment | None:
    """A double click: the same coach gives the same answers for the same day."""
    standing = LadderAssessment.objects.standing().filter(
        trajectory=new.trajectory,
        reference_on=new.reference_on,
        by=new.by,
        tread=new.tread,
        growth_potential=new.growth_potential,
    )
    return next(
        (
            old
            for old in standing
            if (old.answers, old.override_reason) == (new.answers, new.override_reason)
        ),
        None,
    )
