"""A list is checked, read in, and read in again: the sum always comes out."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.inflow.listmaking import (
    AMINA,
    AT,
    FATMA,
    FITS,
    HASSAN,
    LATER,
    ON,
    WRONG,
    as_list,
    bsns,
    candidate,
    confirmed,
    make_pilot,
    named,
    sum_of,
    uploaded,
)
from tests.inflow.reading.lists import BSNS
from trede.accounts.refusing import Refused
from trede.inflow import importing, reading_in
from trede.inflow.declining import drop_out, found_ineligible
from trede.inflow.models import (
    Candidate,
    CriterionOutcome,
    ListPart,
    ListRow,
    ListUpload,
    Stage,
)
from trede.people.details import PersonDetails
from trede.people.models import Person
from trede.people.registering import change_person, register_person
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
State = ListUpload.State


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast.here)


def test_nothing_reaches_a_file_before_it_is_confirmed(
    cast: Cast, pilot: Pilot
) -> None:
    upload = uploaded(cast, pilot, AMINA, HASSAN)
    assert upload.counts["new"] == 2
    assert not Person.objects.exists()
    assert not Candidate.objects.exists()


def test_confirming_makes_candidates_with_their_ledger(
    cast: Cast, pilot: Pilot
) -> None:
    upload = confirmed(cast, pilot, AMINA, WRONG)
    assert upload.state == State.CONFIRMED
    amina = candidate("Idrissi")
    assert (amina.stage, amina.since_on) == (Stage.LISTED, ON)
    assert amina.benefit_since_on == "2015-01-01"
    ledger = {one.criterion: one for one in amina.ledger.all()}
    assert len(ledger) == 7
    assert {one.outcome for one in ledger.values()} == {"met"}
    age = ledger["age"]
    assert (age.source, age.reference_on, age.value) == ("list", ON, "1975-02-01")
    assert age.by == cast.greet.actor


def test_the_rows_that_are_not_read_in_are_kept_with_the_sum(
    cast: Cast, pilot: Pilot
) -> None:
    upload = confirmed(cast, pilot, AMINA, WRONG, AMINA, HASSAN)
    assert sum_of(upload.counts) == upload.counts["rows"] == 4
    outcomes = sorted(upload.rows.values_list("row", "outcome"))
    assert outcomes == [(2, "new"), (3, "rejected"), (4, "duplicate"), (5, "new")]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_sum_comes_out_for_any_two_lists(
    cast: Cast, pilot: Pilot, data: st.DataObject
) -> None:
    person = st.builds(
        lambda number, name, day: f"{number};{name};Jansen;{day};{FITS}",
        st.sampled_from([*bsns(6), "", "123456789", "onbekend"]),
        st.sampled_from(["Ali", "Bo", ""]),
        st.sampled_from(["01-02-1975", "00-00-1968", "31-02-1975", ""]),
    )
    lists = st.lists(person, min_size=1, max_size=8)
    for number in range(2):
        upload = uploaded(cast, pilot, *data.draw(lists), at=AT)
        assert sum_of(upload.counts) == upload.counts["rows"]
        checked = dict(upload.counts)
        importing.confirm(upload=upload, by=cast.by("greet"), at=AT)
        assert sum_of(upload.counts) == upload.counts["rows"]
        assert upload.counts == checked | {
            "gone_marked": upload.counts["gone_marked"]
        }, number
        upload.sha256 = "somewhere else"
        upload.save()


def test_the_same_file_twice_is_told(cast: Cast, pilot: Pilot) -> None:
    uploaded(cast, pilot, AMINA)
    with pytest.raises(Refused, match="01-02-2020"):
        uploaded(cast, pilot, AMINA, at=LATER)


def test_a_dropped_file_may_come_again_and_its_content_is_gone(
    cast: Cast, pilot: Pilot
) -> None:
    upload = uploaded(cast, pilot, AMINA)
    importing.drop(upload=upload, by=cast.by("greet"), at=AT)
    upload.refresh_from_db()
    assert upload.state == State.DROPPED
    assert bytes(upload.file.content) == b""
    assert not ListPart.objects.exists()
    uploaded(cast, pilot, AMINA, at=LATER)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 a list", "pdf"),
        (b"", ""),
        (b"Naam\n\n", ""),
        (b"\x89PNG\r\n\x1a\n", ""),
        (b"een brief zonder kolommen", ""),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_plain_words(
    cast: Cast, pilot: Pilot, content: bytes, told: str
) -> None:
    with pytest.raises(Refused) as refusal:
        importing.upload(
            pilot=pilot,
            name="x",
            content=content,
            reference_on=ON,
            by=cast.by("greet"),
            at=AT,
        )
    assert told in str(refusal.value).lower()
    assert len(str(refusal.value)) > 30
    assert not ListUpload.objects.exists()


def test_a_second_list_tells_who_is_new_changed_and_gone(
    cast: Cast, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA, HASSAN)
    moved = AMINA.replace(";Oost;", ";Noord;")
    second = uploaded(cast, pilot, moved, FATMA, at=LATER)
    counts = second.counts
    assert [counts[n] for n in ("new", "changed", "same", "gone")] == [1, 1, 0, 1]
    (difference,) = importing.findings_of(second).differences
    assert difference[1:] == ("quarter", "Oost", "Noord")
    importing.confirm(upload=second, by=cast.by("greet"), at=LATER)
    assert named("Idrissi").quarter == "Noord"
    assert candidate("Alaoui").stage == Stage.GONE
    assert candidate("Yılmaz").stage == Stage.LISTED


def test_who_is_gone_but_already_called_upon_stays_where_they_are(
    cast: Cast, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA, HASSAN)
    hassan = candidate("Alaoui")
    Candidate.objects.filter(pk=hassan.pk).update(stage=Stage.WAITING)
    confirmed(cast, pilot, AMINA, at=LATER)
    assert candidate("Alaoui").stage == Stage.WAITING


@pytest.mark.parametrize(
    ("rule", "reason"),
    [(drop_out, "stopped"), (drop_out, "no_answer"), (found_ineligible, "died")],
)
def test_a_later_list_brings_nobody_back_whom_a_coach_noted_as_gone(
    cast: Cast, pilot: Pilot, rule: Any, reason: str
) -> None:
    confirmed(cast, pilot, AMINA, HASSAN)
    rule(candidate=candidate("Alaoui"), reason=reason, by=cast.by("sanne"), at=LATER)
    confirmed(cast, pilot, AMINA, HASSAN, FATMA, at=LATER + timedelta(days=30))
    assert candidate("Alaoui").stage == Stage.GONE


def test_nobody_goes_off_the_list_by_a_mistake_in_their_row(
    cast: Cast, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA, HASSAN, FATMA)
    no_such_day = AMINA.replace("01-02-1975", "31-02-1975")
    wrong_bsn = HASSAN.replace(BSNS[1], "123456789")
    second = confirmed(cast, pilot, no_such_day, wrong_bsn, at=LATER)
    assert (second.counts["in_doubt"], second.counts["gone"]) == (2, 1)
    assert candidate("Idrissi").stage == candidate("Alaoui").stage == Stage.LISTED
    assert candidate("Yılmaz").stage == Stage.GONE


def test_who_is_on_a_later_list_again_comes_back(cast: Cast, pilot: Pilot) -> None:
    confirmed(cast, pilot, AMINA, HASSAN)
    confirmed(cast, pilot, AMINA, at=AT + timedelta(days=1))
    third = confirmed(cast, pilot, HASSAN, AMINA, FATMA, at=LATER)
    assert third.counts["changed"] == 1
    hassan = candidate("Alaoui")
    assert hassan.stage == Stage.LISTED
    assert [one.stage for one in hassan.transitions.all()] == [
        "listed",
        "gone",
        "listed",
    ]


def test_what_staff_corrected_survives_a_list_that_still_has_it_wrong(
    cast: Cast, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA)
    amina = named("Idrissi")
    change_person(
        person=amina,
        changes={"telephone": "06-87654321"},
        edition=amina.edition,
        by=cast.by("sanne"),
        at=AT,
    )
    second = confirmed(cast, pilot, AMINA, HASSAN, at=LATER)
    assert second.counts["same"] == 1
    assert named("Idrissi").telephone == "+31687654321"
    newer = AMINA.replace("12345678", "11112222")
    confirmed(cast, pilot, newer, HASSAN, at=LATER + timedelta(days=1))
    assert named("Idrissi").telephone == "+31611112222"


def test_somebody_known_by_bsn_is_the_same_person(cast: Cast, pilot: Pilot) -> None:
    known = register_person(
        municipality=cast.here,
        details=PersonDetails(
            surname="El Idrissi", bsn=BSNS[0], telephone="0612121212"
        ),
        by=cast.by("sanne"),
        at=AT,
    )
    upload = confirmed(cast, pilot, AMINA)
    assert upload.counts["new"] == 1
    assert Candidate.objects.get().person == known
    known.refresh_from_db()
    # The register's name, but the number that she gave herself.
    assert (known.surname, known.telephone) == ("Idrissi", "+31612121212")


def test_a_name_and_birth_date_are_enough_when_only_one_person_has_them(
    cast: Cast, pilot: Pilot
) -> None:
    details = PersonDetails(
        surname="Idrissi", given_names="Amina", birth_date="1975-02-01"
    )
    known = register_person(
        municipality=cast.here, details=details, by=cast.by("sanne"), at=AT
    )
    confirmed(cast, pilot, AMINA)
    assert Candidate.objects.get().person == known
    known.refresh_from_db()
    assert known.bsn == BSNS[0]


def test_an_uncertain_match_waits_for_a_choice(cast: Cast, pilot: Pilot) -> None:
    vague = PersonDetails(
        surname="Idrissi", given_names="Amina", birth_date="1975-00-00"
    )
    known = register_person(
        municipality=cast.here, details=vague, by=cast.by("sanne"), at=AT
    )
    row = f"{BSNS[0]};Amina;Idrissi;00-00-1975;{FITS}"
    upload = uploaded(cast, pilot, row, HASSAN)
    assert (upload.counts["to_check"], upload.counts["new"]) == (1, 1)
    (perhaps,) = importing.findings_of(upload).perhaps
    assert perhaps.people == [known.pk]
    by = cast.by("greet")
    with pytest.raises(Refused):
        importing.decide(upload=upload, row=2, person_id=known.pk + 99, by=by, at=AT)
    same = importing.decide(upload=upload, row=2, person_id=known.pk, by=by, at=AT)
    assert (same.counts["to_check"], same.counts["new"]) == (0, 2)
    importing.confirm(upload=same, by=by, at=AT)
    assert known.candidacies.count() == 1
    assert Person.objects.count() == 2


def test_two_people_with_different_bsns_are_never_taken_for_one(
    cast: Cast, pilot: Pilot
) -> None:
    twin = f"{BSNS[3]};Amina;Idrissi;01-02-1975;{FITS}"
    confirmed(cast, pilot, AMINA)
    upload = confirmed(cast, pilot, AMINA, twin, at=LATER)
    assert (upload.counts["same"], upload.counts["new"]) == (1, 1)
    assert Person.objects.count() == 2


def test_other_columns_can_be_chosen_before_reading_in(
    cast: Cast, pilot: Pilot
) -> None:
    upload = uploaded(cast, pilot, AMINA)
    by = cast.by("greet")
    again = importing.adjust(upload=upload, mapping={"quarter": ""}, by=by, at=AT)
    importing.confirm(upload=again, by=by, at=AT)
    assert named("Idrissi").quarter == ""
    with pytest.raises(Refused):
        importing.adjust(upload=upload, mapping={}, by=by, at=AT)


def test_a_crash_in_the_middle_can_be_gone_on_from_without_doubles(
    cast: Cast, pilot: Pilot
) -> None:
    rows = [f"{n};Kind{i};Jansen;01-02-1975;{FITS}" for i, n in enumerate(bsns(10))]
    by, real = cast.by("greet"), reading_in.read_in
    with patch.object(importing, "PART", 4):
        upload = uploaded(cast, pilot, *rows)
    calls = []

    def breaks_off(*args: object) -> None:
        calls.append(1)
        real(*args)
        if len(calls) == 2:
            raise ConnectionError("the plug was pulled")

    with (
        patch.object(reading_in, "read_in", breaks_off),
        pytest.raises(ConnectionError),
    ):
        importing.confirm(upload=upload, by=by, at=AT)
    upload.refresh_from_db()
    assert upload.state == State.CONFIRMING
    assert importing.done_of(upload) == (4, 10)
    assert Person.objects.count() == 4
    importing.confirm(upload=upload, by=by, at=LATER)
    assert upload.state == State.CONFIRMED
    assert Person.objects.count() == Candidate.objects.count() == 10
    assert CriterionOutcome.objects.count() == 70
    assert sum_of(upload.counts) == 10


def test_confirming_twice_reads_in_once(cast: Cast, pilot: Pilot) -> None:
    upload = confirmed(cast, pilot, AMINA, HASSAN)
    again = importing.confirm(upload=upload, by=cast.by("greet"), at=LATER)
    assert again.confirmed_at == AT
    assert Candidate.objects.count() == 2
    assert ListRow.objects.count() == 2


def test_a_list_that_was_overtaken_is_compared_again_first(
    cast: Cast, pilot: Pilot
) -> None:
    one = uploaded(cast, pilot, AMINA)
    two = uploaded(cast, pilot, AMINA, HASSAN)
    by = cast.by("greet")
    importing.confirm(upload=one, by=by, at=AT)
    with pytest.raises(Refused):
        importing.confirm(upload=two, by=by, at=LATER)
    fresh = importing.check_again(upload=two, by=by, at=LATER)
    assert (fresh.counts["same"], fresh.counts["new"]) == (1, 1)
    importing.confirm(upload=fresh, by=by, at=LATER)
    assert Candidate.objects.count() == 2


def test_somebody_referred_between_check_and_confirm_is_not_doubled(
    cast: Cast, pilot: Pilot
) -> None:
    upload = uploaded(cast, pilot, AMINA)
    known = register_person(
        municipality=cast.here,
        details=PersonDetails(surname="Idrissi", bsn=BSNS[0]),
        by=cast.by("sanne"),
        at=AT,
    )
    importing.confirm(upload=upload, by=cast.by("greet"), at=LATER)
    assert Candidate.objects.get().person == known


def test_the_file_is_destroyed_when_undoing_is_over(cast: Cast, pilot: Pilot) -> None:
    upload = confirmed(cast, pilot, AMINA)
    days = timedelta(days=importing.undo_days(pilot))
    by = cast.by("greet")
    assert importing.destroy_old_uploads(by=by, at=AT + days / 2) == 0
    assert importing.destroy_old_uploads(by=by, at=AT + days) == 1
    upload.refresh_from_db()
    assert bytes(upload.file.content) == bytes(upload.findings) == b""
    assert upload.state == State.CONFIRMED
    assert importing.destroy_old_uploads(by=by, at=AT + 2 * days) == 0


def test_the_content_of_a_part_goes_as_soon_as_it_is_read_in(
    cast: Cast, pilot: Pilot
) -> None:
    upload = confirmed(cast, pilot, AMINA)
    assert [bytes(one.content) for one in upload.parts.all()] == [b""]
    assert as_list(AMINA) == bytes(upload.file.content)
