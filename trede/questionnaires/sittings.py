"""The course of a sitting: prepared, with the person, stopped, finished, ended early.

Decides who may be given which questionnaire: only who agreed to the study, only in a
wave that is still held, in a language in which the questions exist. A person stops and
goes on whenever they like; what was answered stays. Each state is a dated transition.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.languages import in_order, proposed
from trede.people.consenting import has_consent
from trede.people.models import Person, Purpose
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.study_rules import Wave
from trede.questionnaires.answers import settle
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Sitting, SittingTransition, Translation
from trede.questionnaires.publishing import to_use, written_of
from trede.questionnaires.translating import offered, used

State = Sitting.State
Mode = Sitting.Mode
OPEN = (State.PREPARED, State.HANDED_OVER, State.STOPPED)
OVER = (State.FINISHED, State.ENDED)
READ_BY_PERSON = (Mode.ALONE, Mode.EXPLAINED, Mode.PAPER, Mode.OWN_DEVICE)

# What may follow what. A sitting that is over stays over: the answers were given then.
STEPS: Mapping[State, frozenset[State]] = {
    State.PREPARED: frozenset((State.HANDED_OVER, State.FINISHED, State.ENDED)),
    State.HANDED_OVER: frozenset((State.STOPPED, State.FINISHED, State.ENDED)),
    # To FINISHED when the rest was answered on paper and typed in afterwards.
    State.STOPPED: frozenset((State.HANDED_OVER, State.FINISHED, State.ENDED)),
    State.FINISHED: frozenset(),
    State.ENDED: frozenset(),
}


def prepare(
    *,
    person: Person,
    pilot: Pilot,
    wave: str,
    mode: Sitting.Mode,
    language: str,
    location: str,
    by: Actor,
    at: datetime,
    simulated: bool = False,
    renewed: bool = False,
    in_care_of: Staff | None = None,
) -> Sitting:
    """Get a sitting ready. The one of this wave that is open already is given again;
    after a finished one only a `renewed` sitting may follow. `in_care_of` is the coach
    for whom the daily run does it."""
    staff = in_care_of or _staff(by)
    day = timezone.localdate(at)
    rules = rules_of(pilot, day)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        earlier = Sitting.objects.filter(person=person, pilot=pilot, wave=wave)
        standing = earlier.filter(state__in=OPEN).first()
        if standing and not renewed:
            return standing
        _refuse_without_consent(person, pilot)
        held = _wave(rules.waves, wave)
        _refuse_retired(held, at)
        if standing:
            end_early(sitting=standing, by=by, at=at)
        elif earlier.exists() and not renewed:
            raise Refused(_("This questionnaire has been answered already."))
        town = pilot.municipality_id
        questionnaire = to_use(held.questionnaire, town=town, by=by, at=at)
        there = offered(questionnaire, rules, town=town)
        _refuse_language(language, there)
        # Another than was proposed was chosen together, unless somebody else reads.
        if mode in READ_BY_PERSON and language != proposed_language(person, there):
            _note_choice(person.pk, language)
        sitting = Sitting.objects.create(
            person=person,
            pilot=pilot,
            questionnaire=questionnaire,
            wave=wave,
            mode=mode,
            language=language,
            translation=used(questionnaire, language, town=town),
            location=location,
            circumstance=period_on(rules, day).code,
            prepared_by=staff,
            prepared_at=at,
            simulated=simulated,
        )
        _note(sitting, State.PREPARED, by, at)
        _audit("prepared a questionnaire", sitting, by, at)
    return sitting


def begin(*, sitting: Sitting, by: Actor, at: datetime) -> Sitting:
    """The person starts answering. Part of handing over, which is audited."""
    return _step(sitting, State.HANDED_OVER, by, at)


def stop(*, sitting: Sitting, by: Actor, at: datetime, question: str = "") -> Sitting:
    """For now: everything is kept, and one goes on at the same question."""
    with transaction.atomic():
        now = _locked(sitting)
        if question:
            now.current = question
            now.save(update_fields=["current"])
        return _step(now, State.STOPPED, by, at, audit="stopped a questionnaire")


def resume(*, sitting: Sitting, by: Actor, at: datetime) -> Sitting:
    return _step(
        sitting, State.HANDED_OVER, by, at, audit="went on with a questionnaire"
    )


def finish(*, sitting: Sitting, by: Actor, at: datetime) -> Sitting:
    """The person is done: what was not asked or was passed over is written down."""
    return _over(sitting, State.FINISHED, "finished a questionnaire", by, at)


def end_early(*, sitting: Sitting, by: Actor, at: datetime) -> Sitting:
    """It will not be finished. What was answered stays and counts."""
    return _over(sitting, State.ENDED, "ended a questionnaire early", by, at)


def be_at(*, sitting: Sitting, question: str) -> None:
    """Remember on which question the person is."""
    if sitting.current != question:
        Sitting.objects.filter(pk=sitting.pk).update(current=question)


def choose_language(*, sitting: Sitting, language: str) -> None:
    """The person's own choice, kept with the sitting; an answer is not audited and
    neither is this. Once handed in, it stays as it was."""
    with transaction.atomic():
        now = _locked(sitting)
        if now.state not in OPEN:
            raise Refused(
                _("This questionnaire is over. Nothing can be changed in it any more.")
            )
        _refuse_language(language, languages_offered(now))
        now.language, now.translation = language, edition_in(now, language)
        now.save(update_fields=["language", "translation"])
        _note_choice(now.person_id, language)
    sitting.language, sitting.translation = now.language, now.translation


def edition_in(sitting: Sitting, language: str) -> Translation | None:
    """The words in which this sitting is read in that language: those of the first
    time, though somebody made better ones since. None in the language of writing."""
    known = sitting.editions.filter(language=language).order_by("pk").first()
    if known is None:
        town = sitting.pilot.municipality_id
        known = used(sitting.questionnaire, language, town=town)
        if known is not None:
            sitting.editions.add(known)
    return known


def languages_offered(sitting: Sitting) -> tuple[str, ...]:
    """What the person may choose from; the language of now is always among them."""
    day = timezone.localdate(sitting.prepared_at)
    pilot = sitting.pilot
    there = offered(
        sitting.questionnaire, rules_of(pilot, day), town=pilot.municipality_id
    )
    return in_order(frozenset((*there, language_read(sitting))))


def language_read(sitting: Sitting) -> str:
    """The language that will stand there. Not the one in which it was prepared when
    its words are none for this municipality: another one made them, and they were
    shared once. Then it is the language of writing, and is called so."""
    original = written_of(sitting.questionnaire).languages[0]
    words = sitting.translation
    if sitting.state == State.PREPARED:
        town = sitting.pilot.municipality_id
        words = used(sitting.questionnaire, sitting.language, town=town)
    return original if words is None else sitting.language


def proposed_language(person: Person, there: tuple[str, ...]) -> str:
    """To begin in: what stands in the person's own record, if it is among these."""
    return proposed(person.language_read, there)


def _note_choice(person_id: int, language: str) -> None:
    """In the record of the person: next time this one is proposed, also in letters."""
    record = Person.objects.filter(pk=person_id)
    record.exclude(reads_in=language).update(reads_in=language)


def _refuse_language(language: str, there: tuple[str, ...]) -> None:
    if language not in there:
        raise Refused(
            _("These questions are not there in this language yet. Choose another."),
            "language",
        )


def _over(
    sitting: Sitting, state: Sitting.State, verb: str, by: Actor, at: datetime
) -> Sitting:
    with transaction.atomic():
        now = _locked(sitting)
        if now.state == state:
            return now
        ended = _step(now, state, by, at, audit=verb)
        ended.finished_at = at
        ended.save(update_fields=["finished_at"])
        # Of whom nothing was asked, nothing was skipped.
        if state == State.FINISHED or ended.answers.filter(part="core").exists():
            broken_off = state == State.ENDED
            settle(ended, PartKind.CORE, at=at, broken_off=broken_off)
    return ended


def _step(
    sitting: Sitting, state: Sitting.State, by: Actor, at: datetime, *, audit: str = ""
) -> Sitting:
    with transaction.atomic():
        now = _locked(sitting)
        if now.state == state:
            return now
        if state not in STEPS[State(now.state)]:
            raise Refused(
                _("This questionnaire is over. Nothing can be changed in it any more.")
            )
        if state == State.HANDED_OVER:
            # It may have been prepared weeks ago, and the words reviewed since.
            now.language = language_read(now)
            now.translation = edition_in(now, now.language)
            now.save(update_fields=["language", "translation"])
        now.state = state
        now.save(update_fields=["state"])
        _note(now, state, by, at)
        if audit:
            _audit(audit, now, by, at)
    sitting.state, sitting.translation = state, now.translation
    sitting.language = now.language
    return now


def _locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",))
    found = rows.select_related("questionnaire").defer("questionnaire__text")
    return found.get(pk=sitting.pk)


def _note(sitting: Sitting, state: Sitting.State, by: Actor, at: datetime) -> None:
    SittingTransition.objects.create(
        sitting=sitting, state=state, at=at, by=by.name, question=sitting.current
    )


def _audit(verb: str, sitting: Sitting, by: Actor, at: datetime) -> None:
    record(
        verb, by=by, at=at, on=sitting, persons=[sitting.person_id], purpose="research"
    )


def _staff(by: Actor) -> Staff:
    if by.staff is None:
        raise Refused(_("Only a member of staff can prepare a questionnaire."))
    return by.staff


def _refuse_without_consent(person: Person, pilot: Pilot) -> None:
    if not has_consent(person, pilot, Purpose.STUDY):
        raise Refused(
            _(
                "There is no consent to the study, so there is no questionnaire of the"
                " study either. The trajectory can go on without it."
            )
        )


def _wave(waves: tuple[Wave, ...], code: str) -> Wave:
    found = next((wave for wave in waves if wave.code == code), None)
    if found is None:
        raise Refused(_("The pilot has no measurement “%(wave)s”.") % {"wave": code})
    return found


def _refuse_retired(wave: Wave, at: datetime) -> None:
    day = timezone.localdate(at)
    if wave.retired_on is not None and day >= wave.retired_on:
        raise Refused(
            _("“%(wave)s” is no longer held, from %(day)s. %(reason)s")
            % {
                "wave": wave.label,
                "day": wave.retired_on.strftime("%d-%m-%Y"),
                "reason": wave.retired_reason or "",
            }
        )
