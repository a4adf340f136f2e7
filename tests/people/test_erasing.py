import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from tests.cast import AT, Cast
from tests.people.making import a_bsn, make_person
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.people import erasing
from trede.people.erasing import erase_person, export_person, register, what_goes
from trede.people.files import store
from trede.people.merging import merge
from trede.people.models import Note, Person, SearchKey, StoredFile
from trede.people.notes import write_note
from trede.people.privacy_views import zipped
from trede.people.searching import find


def known_person(cast: Cast) -> Person:
    person = make_person(
        cast,
        "Nadia Yıldız",
        cast.sanne,
        bsn=a_bsn(),
        telephone="0612345678",
        birth_date="1975-03-12",
        sex="woman",
    )
    write_note(person=person, text="Belt na 13.00", by=cast.by("sanne"), at=AT)
    store(
        municipality=cast.here,
        person=person,
        kind=StoredFile.Kind.CONSENT,
        name="Nadia.pdf",
        media_type="application/pdf",
        content=b"%PDF-1.7 Nadia",
        at=AT,
    )
    return person


def erased(cast: Cast, person: Person) -> None:
    erase_person(person=person, reason="verzoek", by=cast.by("fatima"), at=AT)


def test_after_erasing_nothing_tells_who_it_was(cast: Cast) -> None:
    person = known_person(cast)
    erased(cast, person)
    person = Person.objects.get(pk=person.pk)
    assert (person.full_name, person.bsn, person.birth_year) == (str(person), "", None)
    assert person.erased_at == AT
    assert Note.objects.get().text == ""
    assert StoredFile.objects.get().content == b""
    assert not SearchKey.objects.filter(person=person).exists()
    assert find(Person.objects.all(), "yildiz").people == []


def test_erasing_leaves_a_trace_of_the_act_and_not_of_the_person(cast: Cast) -> None:
    person = known_person(cast)
    erased(cast, person)
    erasure = person.erasures.get()
    assert erasure.counts["people.note"] == 1
    assert erasure.by == cast.fatima.actor
    assert Line.objects.get(action="erased a person's data").purpose == (
        "right to erasure"
    )


def test_erasing_twice_is_once(cast: Cast) -> None:
    person = known_person(cast)
    erased(cast, person)
    erased(cast, person)
    assert person.erasures.count() == 1


def test_erasing_needs_a_reason(cast: Cast) -> None:
    person = known_person(cast)
    with pytest.raises(Refused):
        erase_person(person=person, reason=" ", by=cast.by("fatima"), at=AT)
    assert Person.objects.get(pk=person.pk).surname == "Yıldız"


def test_a_record_that_was_merged_goes_with_the_one_that_was_kept(cast: Cast) -> None:
    kept, other = known_person(cast), make_person(cast, "Nadia Yildiz")
    merge(kept=kept, other=other, reason="zelfde", by=cast.by("greet"), at=AT)
    with pytest.raises(Refused):
        erased(cast, other)
    erased(cast, kept)
    assert Person.objects.get(pk=other.pk).surname == ""


def test_somebody_else_is_left_alone(cast: Cast) -> None:
    person, other = known_person(cast), known_person_of_willem(cast)
    erased(cast, person)
    assert Person.objects.get(pk=other.pk).surname == "Demir"
    assert other.notes.get().text == "Blijft staan"


def known_person_of_willem(cast: Cast) -> Person:
    person = make_person(cast, "Ali Demir", cast.willem)
    write_note(person=person, text="Blijft staan", by=cast.by("willem"), at=AT)
    return person


def test_what_goes_is_counted_before_it_goes(cast: Cast) -> None:
    person = known_person(cast)
    going = {part.name: part.count for part in what_goes(person) if not part.exempt}
    assert going[str(Note._meta.verbose_name_plural)] == 1
    assert going[str(StoredFile._meta.verbose_name_plural)] == 1


def test_an_export_tells_everything_in_words(cast: Cast) -> None:
    person = known_person(cast)
    told = export_person(person=person, by=cast.by("fatima"), at=AT)
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    for known in ("Nadia", "Yıldız", person.bsn, "Belt na 13.00", "1975-03-12"):
        assert known in text
    line = Line.objects.get(action="handed out a person's data")
    assert (line.kind, line.purpose) == (Line.Kind.READ, "right of access")


def test_an_export_holds_the_files_as_they_are(cast: Cast) -> None:
    person = known_person(cast)
    archive = ZipFile(BytesIO(zipped(person, {})))
    (name,) = [name for name in archive.namelist() if name.endswith(".pdf")]
    assert archive.read(name) == b"%PDF-1.7 Nadia"


def test_an_export_of_one_person_tells_nothing_of_another(cast: Cast) -> None:
    known_person_of_willem(cast)
    person = known_person(cast)
    told = export_person(person=person, by=cast.by("fatima"), at=AT)
    text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    assert "Demir" not in text
    assert "Blijft" not in text


def test_a_model_gives_an_eraser_or_a_reason_and_never_both(monkeypatch) -> None:
    monkeypatch.setattr(erasing, "PARTS", {})
    with pytest.raises(ValueError, match="Note"):
        register(Note)
    with pytest.raises(ValueError, match="Note"):
        register(Note, erase=erasing.deleted, exempt="omdat")
