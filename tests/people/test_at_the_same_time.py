"""Two members of staff have the same person before them, at the same moment."""

from functools import partial
from pathlib import Path

import pytest

from tests.at_once import at_once, refusals, several
from tests.cast import AT, Cast
from tests.contact.making import a_pilot
from tests.people.making import a_bsn, details_of, make_person
from trede.audit.models import Line
from trede.audit.verifying import verify
from trede.people.consenting import decide
from trede.people.details import FIELDS
from trede.people.models import ConsentDecision, Person, Purpose, Responsibility
from trede.people.registering import Stale, change_person, register_person
from trede.people.responsibility import make_responsible

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_changes_at_once_one_stands_and_the_other_is_shown_it(cast: Cast):
    person = make_person(cast, coach=cast.sanne)
    values = {"sanne": "0612345678", "willem": "0687654321"}
    results = at_once(
        *(
            partial(
                change_person,
                person=person,
                changes={"telephone": number},
                edition=person.edition,
                by=cast.by(name),
                at=AT,
            )
            for name, number in values.items()
        )
    )
    (refused,) = refusals(results)
    person.refresh_from_db()
    assert isinstance(refused, Stale)
    assert refused.theirs == {"telephone": person.telephone}
    assert person.edition == 2


def test_changes_of_different_fields_lose_nothing_in_silence(cast: Cast):
    person = make_person(cast, coach=cast.sanne)
    changes = {"telephone": "+31612345678", "town": "Nijmegen"}
    results = at_once(
        *(
            partial(
                change_person,
                person=person,
                changes={field: value},
                edition=person.edition,
                by=cast.by("sanne"),
                at=AT,
            )
            for field, value in changes.items()
        )
    )
    person.refresh_from_db()
    kept = {name for name in changes if getattr(person, name) == changes[name]}
    assert len(kept) + len(refusals(results)) == len(changes)
    assert set(FIELDS) >= kept


def test_one_bsn_that_is_registered_by_several_is_one_person(cast: Cast):
    details = details_of("Nadia Yıldız", bsn=a_bsn())
    results = several(
        lambda: register_person(
            municipality=cast.here, details=details, by=cast.by("greet"), at=AT
        )
    )
    assert Person.objects.count() == 1
    assert len(refusals(results)) == len(results) - 1


def test_two_coaches_do_not_both_become_responsible(cast: Cast):
    person = make_person(cast)
    at_once(
        *(
            partial(
                make_responsible,
                person=person,
                staff=coach,
                on=AT.date(),
                reason="",
                by=cast.by("greet"),
                at=AT,
            )
            for coach in (cast.sanne, cast.willem)
        )
    )
    assert Responsibility.objects.filter(person=person, ended_on=None).count() == 1


def test_a_decision_that_is_saved_several_times_at_once_is_one(cast: Cast):
    person, pilot = make_person(cast, coach=cast.sanne), a_pilot(cast)
    several(
        lambda: decide(
            person=person,
            pilot=pilot,
            purpose=Purpose.STUDY,
            given=True,
            text_version="nijmegen-2020-1",
            language="nl",
            by=cast.by("sanne"),
            at=AT,
        )
    )
    assert ConsentDecision.objects.filter(person=person).count() == 1


def test_the_trail_stays_one_chain_whoever_writes_at_the_same_moment(
    cast: Cast, settings, tmp_path: Path
):
    settings.AUDIT_HEAD = tmp_path / "head"
    before = Line.objects.count()
    several(lambda: make_person(cast))
    assert Line.objects.count() == before + 4
    assert verify().fault is None
