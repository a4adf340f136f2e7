"""What each thing that happened says on the timeline of a person.

Only that a questionnaire was filled in stands here, never an answer or anything
computed from one. What was taken back does not show.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.contact.models import (
    Channel,
    ContactMoment,
    Initiative,
    Letter,
    Message,
    Outcome,
)
from trede.desk.casework import Casework
from trede.desk.happened_around_goals import around_goals
from trede.desk.happened_at_partners import partners
from trede.desk.happened_in_agenda import appointments
from trede.desk.happened_in_course import extensions, working_steps
from trede.desk.timeline import Entry, Kind, compose, sentence
from trede.inflow.intake_steps import in_the_way
from trede.inflow.models import Intake, Stage, StageTransition
from trede.questionnaires.models import Sitting
from trede.trajectories.models import Closing, LadderAssessment, Leaving, Pause

_DAY = "%d-%m-%Y"
ICONS = {
    Channel.TELEPHONE: "phone",
    Channel.LETTER: "mail",
    Channel.EMAIL: "mail",
    Channel.MESSAGE: "message",
    Channel.VIDEO: "video",
    Channel.TALK: "message-circle",
    Channel.WALK: "walk",
    Channel.VISIT: "home",
}
# These steps are told by the rows that say more of them.
TOLD_ELSEWHERE = frozenset((Stage.INTAKE, Stage.STARTED, Stage.CLOSED))
# A step before the trajectory that the coach's own screens can take back.
TAKEN_BACK = frozenset((Stage.RESTING, Stage.DECLINED, Stage.INELIGIBLE, Stage.GONE))


def happened(work: Casework, *, intakes_open: bool = False) -> list[Entry]:
    return compose(
        _referrals(work),
        _steps(work),
        _moments(work),
        appointments(work),
        _intakes(work, intakes_open),
        _trajectories(work),
        _goals(work),
        around_goals(work),
        _ladder(work),
        _pauses(work),
        _hand_overs(work),
        _closings(work),
        _leavings(work),
        _sittings(work),
        _letters(work),
        _messages(work),
        _consents(work),
        _notes(work),
        partners(work),
        extensions(work),
        working_steps(work),
    )


def _reasons(work: Casework) -> dict[str, str]:
    """The words of the pilot for every reason it knows."""
    if work.rules is None:
        return {}
    known = work.rules.reasons
    every = (*known.not_now, *known.decline, *known.no_longer, *known.closing)
    return {one.code: one.label for one in (*every, *known.pause)}


def _period(row: Pause | Closing, work: Casework) -> str:
    """Under which restrictions it fell; nothing in an ordinary time."""
    periods = work.rules.circumstances if work.rules else ()
    labels = {one.code: one.label for one in periods}
    return labels.get(row.circumstance, "")


def _places(work: Casework) -> dict[str, str]:
    places = work.rules.locations if work.rules else ()
    return {one.code: one.label for one in places}


def _referrals(work: Casework) -> Iterator[Entry]:
    for row in work.referrals:
        who = row.referrer_name or (row.referrer.name if row.referrer else "")
        title = _("Referred by %(name)s") % {"name": who} if who else _("Referred")
        yield _entry(Kind.STEP, row.at, "user-plus", title, row.reason)


def _steps(work: Casework) -> Iterator[Entry]:
    reasons = _reasons(work)
    last = work.steps[-1].pk if work.steps else None
    for step in work.steps:
        stage = Stage(step.stage)
        if stage not in TOLD_ELSEWHERE:
            yield _entry(
                Kind.STEP,
                step.at,
                "arrow-right",
                capfirst(str(stage.label)),
                _why(step, reasons),
                undo_url=_undo_step(step) if step.pk == last else "",
            )


def _why(step: StageTransition, reasons: dict[str, str]) -> str:
    said = [reasons.get(step.reason, step.reason)]
    if step.stage == Stage.RESTING and step.remark:
        day = date.fromisoformat(step.remark)
        said.append(_("until %(day)s") % {"day": day.strftime(_DAY)})
    elif step.remark:
        said.append(step.remark)
    return sentence(*said)


def _undo_step(step: StageTransition) -> str:
    own = step.by.startswith("person:")
    if step.stage not in TAKEN_BACK or not step.before or own:
        return ""
    return f"{reverse('inflow:undo_step', args=[step.candidate_id])}?stap={step.pk}"


def _whose_initiative(moment: ContactMoment) -> str:
    """That we do it goes without saying."""
    own = moment.initiative == Initiative.PERSON
    return _("the person took the initiative") if own else ""


def _moments(work: Casework) -> Iterator[Entry]:
    places = _places(work)
    for row in work.moments:
        channel, outcome = Channel(row.channel), Outcome(row.outcome)
        missed = channel == Channel.TELEPHONE and outcome == Outcome.NO_ANSWER
        title = f"{capfirst(str(outcome.label))}, {channel.label}"
        place = places.get(row.location, row.location)
        yield _entry(
            Kind.CONTACT,
            row.at,
            "phone-off" if missed else ICONS[channel],
            title if not place else f"{title}, {place}",
            sentence(row.note, _whose_initiative(row), row.deviation_reason),
            by=row.by.name,
            undo_url=reverse("contact:undo", args=[row.pk]),
        )


def _intakes(work: Casework, may_open: bool) -> Iterator[Entry]:
    """With what stands in the way, and the way to the signed form and its letter."""
    for row in work.intakes:
        title = (
            _("Intake, once more") if row.repeated else pgettext("timeline", "Intake")
        )
        outcome = str(Intake.Outcome(row.outcome).label) if row.outcome else ""
        words = _("Agreed: %(outcome)s") % {"outcome": outcome} if outcome else ""
        yield _entry(
            Kind.STEP,
            row.began_at,
            "clipboard-list",
            title,
            sentence(words, _barriers(row, work), row.talk_note),
            by=row.coach.name,
            link=reverse("inflow:intake", args=[row.pk]) if may_open else "",
            link_words=_("Open the intake"),
        )


def _barriers(row: Intake, work: Casework) -> str:
    """A successor must find them without opening the intake."""
    if work.rules is None or not row.barriers:
        return ""
    named = ", ".join(in_the_way(row, work.rules))
    return _("In the way: %(barriers)s") % {"barriers": named}


def _trajectories(work: Casework) -> Iterator[Entry]:
    started: dict[int, list[datetime]] = {}
    for step in work.steps:
        if step.stage == Stage.STARTED:
            started.setdefault(step.candidate_id, []).append(step.at)
    came: set[int] = set()
    for row in work.trajectories:
        moments = started.get(row.candidate_id)
        at = moments.pop(0) if moments else _noon(row.started_on)
        again = row.candidate_id in came
        came.add(row.candidate_id)
        title = _("Came back: started again") if again else _("Trajectory started")
        yield Entry(Kind.STEP, row.started_on, at, "player-play", title)


def _goals(work: Casework) -> Iterator[Entry]:
    for row in work.goals:
        words = f"“{row.words}”"
        yield _entry(Kind.PLAN, row.set_at, "target-arrow", _("Goal"), words)
        if row.ended_at:
            title = _("Goal reached") if row.reached else _("Goal let go")
            yield _entry(Kind.PLAN, row.ended_at, "check", title, words)


def _ladder(work: Casework) -> Iterator[Entry]:
    before: int | None = None
    for row in work.assessments:
        numbers = {"before": before, "tread": row.tread}
        if before is None or before == row.tread:
            title = _("On tread %(tread)d") % numbers
        else:
            title = _("From tread %(before)d to tread %(tread)d") % numbers
        before = row.tread
        undo_url = reverse("trajectories:take_back_assessment", args=[row.pk])
        yield Entry(
            Kind.LADDER,
            row.reference_on,
            row.at,
            "stairs",
            title,
            sentence(_by_rule(row), row.override_reason),
            by=row.by.name,
            undo_url=undo_url,
        )


def _by_rule(row: LadderAssessment) -> str:
    """Where the coach found another tread than the rule."""
    if row.tread == row.tread_by_rule:
        return ""
    return _("By the rule: tread %(tread)d") % {"tread": row.tread_by_rule}


def _pauses(work: Casework) -> Iterator[Entry]:
    reasons = _reasons(work)
    closed = {row.trajectory_id for row in work.closings}
    for row in work.pauses:
        until = row.until_on.strftime(_DAY) if row.until_on else ""
        title = (
            _("Pause until %(day)s") % {"day": until}
            if until
            else _("Pause, nobody knows yet until when")
        )
        undo_url = reverse("trajectories:take_back_pause", args=[row.pk])
        yield Entry(
            Kind.PAUSE,
            row.from_on,
            row.recorded_at,
            "player-pause",
            title,
            sentence(reasons.get(row.reason, row.reason), _period(row, work)),
            undo_url="" if row.trajectory_id in closed else undo_url,
        )


def _hand_overs(work: Casework) -> Iterator[Entry]:
    for row in work.hand_overs:
        names = {"giver": row.giver.name, "receiver": row.receiver.name}
        yield Entry(
            Kind.HAND_OVER,
            row.on,
            row.recorded_at,
            "user-share",
            _("%(giver)s handed over to %(receiver)s") % names,
            sentence(row.get_reason_display(), row.note),
        )


def _closings(work: Casework) -> Iterator[Entry]:
    reasons = _reasons(work)
    for row in work.closings:
        yield Entry(
            Kind.STEP,
            row.on,
            row.recorded_at,
            "flag",
            _("Trajectory closed"),
            sentence(reasons.get(row.reason, row.reason), _period(row, work), row.note),
        )


def _leavings(work: Casework) -> Iterator[Entry]:
    """Who left before the start stepped out of nothing."""
    ended = {closing.recorded_at for closing in work.closings}
    for row in work.leavings:
        title = capfirst(row.get_kind_display())
        if row.kind == Leaving.Kind.TRAJECTORY and row.at not in ended:
            title = _("Wants no trajectory any more")
        yield _entry(Kind.STEP, row.at, "door-exit", title)


def _sittings(work: Casework) -> Iterator[Entry]:
    """That it was done; never what was answered."""
    waves = measurement_names(work)
    for row in work.sittings:
        state = Sitting.State(row.state)
        title = f"{waves.get(row.wave, row.wave)}: {state.label}"
        words = _("Simulated: made up for this demo.") if row.simulated else ""
        at = row.finished_at or row.prepared_at
        yield _entry(Kind.MEASUREMENT, at, "list-check", capfirst(title), words)


def measurement_names(work: Casework) -> dict[str, str]:
    waves = work.rules.waves if work.rules else ()
    return {wave.code: wave.label for wave in waves}


def _messages(work: Casework) -> Iterator[Entry]:
    for row in work.messages:
        icon = "mail" if row.by_way_of == Message.By.EMAIL else "message"
        title = _("%(way)s sent") % {"way": capfirst(row.get_by_way_of_display())}
        words = str(Letter.Kind(row.kind).label)
        yield _entry(Kind.LETTER, row.state_since, icon, title, words)


def _letters(work: Casework) -> Iterator[Entry]:
    for row in work.letters:
        yield _entry(
            Kind.LETTER,
            row.made_at,
            "mail",
            _("Letter made"),
            row.kind_in_words,
            link=reverse("contact:letter", args=[row.pk]),
            link_words=_("Open the letter"),
        )


def _consents(work: Casework) -> Iterator[Entry]:
    for row in work.consents:
        title = _("Agreed") if row.given else _("Did not agree, or no longer")
        words = capfirst(row.get_purpose_display())
        yield _entry(Kind.CONSENT, row.at, "signature", title, words)


def _notes(work: Casework) -> Iterator[Entry]:
    for row in work.notes:
        title = pgettext("timeline", "Note")
        yield _entry(Kind.NOTE, row.at, "note", title, row.text, by=row.by.name)


def _entry(
    kind: Kind,
    at: datetime,
    icon: str,
    title: str,
    words: str = "",
    *,
    by: str = "",
    undo_url: str = "",
    link: str = "",
    link_words: str = "",
) -> Entry:
    on = timezone.localdate(at)
    return Entry(kind, on, at, icon, title, words, by, undo_url, link, link_words)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
