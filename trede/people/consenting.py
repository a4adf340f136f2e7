"""A person agrees to something, or not, or no longer: each purpose apart.

Every decision is kept; the newest counts. Withdrawing needs no reason, and what must
follow elsewhere (answers leave the dataset) is done by the apps that registered with
`on_withdrawal`, in the same transaction.
"""

from datetime import datetime
from typing import Protocol

from django.db import transaction

from trede.accounts.acting import Actor, record
from trede.people.models import ConsentDecision, Person, Purpose, StoredFile
from trede.pilots.models import Pilot


class Handler(Protocol):
    def __call__(
        self, *, person: Person, pilot: Pilot, purpose: Purpose, at: datetime
    ) -> None: ...


_handlers: list[Handler] = []


def on_withdrawal(handler: Handler) -> None:
    """Registered from `apps.py`: what must follow when a consent is withdrawn."""
    if handler not in _handlers:
        _handlers.append(handler)


def decide(
    *,
    person: Person,
    pilot: Pilot,
    purpose: Purpose,
    given: bool,
    text_version: str,
    language: str,
    by: Actor,
    at: datetime,
    form: StoredFile | None = None,
    signed_at: datetime | None = None,
    text_sha256: str = "",
    translation_status: str = "",
) -> ConsentDecision:
    """Write down a yes or a no; a no after a yes is a withdrawal. `signed_at` is when
    it was decided, where that was before it is written down: on paper. `text_sha256`
    is of the words on the screen; on paper the scan shows them."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        before = standing(person, pilot, purpose)
        if before and _same(before, given, text_version, form):
            return before
        decision = ConsentDecision.objects.create(
            person=person,
            pilot=pilot,
            purpose=purpose,
            given=given,
            text_version=text_version,
            language=language,
            text_sha256=text_sha256,
            translation_status=translation_status,
            at=signed_at or at,
            recorded_by=by.name,
            form=form,
        )
        taken_back = before is not None and before.given and not given
        record(
            _verb(given, taken_back),
            by=by,
            at=at,
            on=decision,
            persons=[person.pk],
            fields=[purpose],
        )
        if taken_back:
            for handler in _handlers:
                handler(person=person, pilot=pilot, purpose=purpose, at=at)
    return decision


def withdraw(
    *, person: Person, pilot: Pilot, purpose: Purpose, by: Actor, at: datetime
) -> None:
    """No longer. Without a standing consent there is nothing to withdraw."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        given = standing(person, pilot, purpose)
        if given is None or not given.given:
            return
        decide(
            person=person,
            pilot=pilot,
            purpose=purpose,
            given=False,
            text_version=given.text_version,
            language=given.language,
            by=by,
            at=at,
            text_sha256=given.text_sha256,
            translation_status=given.translation_status,
        )


def has_consent(person: Person, pilot: Pilot, purpose: Purpose) -> bool:
    decision = standing(person, pilot, purpose)
    return decision is not None and decision.given


def standing(person: Person, pilot: Pilot, purpose: Purpose) -> ConsentDecision | None:
    """The newest decision about one purpose."""
    decisions = ConsentDecision.objects.filter(
        person=person, pilot=pilot, purpose=purpose
    )
    return decisions.order_by("-at", "-pk").first()


def standing_decisions(person: Person) -> list[ConsentDecision]:
    """The newest decision about each purpose of each pilot."""
    newest: dict[tuple[int, str], ConsentDecision] = {}
    for decision in person.consents.select_related("pilot").order_by("-at", "-pk"):
        newest.setdefault((decision.pilot_id, decision.purpose), decision)
    return sorted(newest.values(), key=lambda one: (one.pilot_id, one.at, one.pk))


def _same(
    before: ConsentDecision, given: bool, text_version: str, form: StoredFile | None
) -> bool:
    """A second click on the same button decides nothing new."""
    form_id = form.pk if form else before.form_id
    return (before.given, before.text_version, before.form_id) == (
        given,
        text_version,
        form_id,
    )


def _verb(given: bool, taken_back: bool) -> str:
    if taken_back:
        return "withdrew consent"
    return "gave consent" if given else "refused consent"
