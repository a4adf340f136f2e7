"""A person with a note and a file, for each owner."""

from tests.cast import AT, Cast
from tests.doors.things import Things
from tests.people.making import make_person
from trede.accounts.acting import staff_actor
from trede.people.files import store
from trede.people.models import StoredFile
from trede.people.notes import write_note


def add(cast: Cast, things: Things) -> None:
    owners = {"own": cast.sanne, "colleague": cast.willem, "elsewhere": cast.noor}
    for owner, coach in owners.items():
        person = make_person(cast, "Nadia El Amrani", coach)
        note = write_note(
            person=person, text="Belt liever na 13.00", by=staff_actor(coach), at=AT
        )
        file = store(
            municipality=person.municipality,
            person=person,
            kind=StoredFile.Kind.CONSENT,
            name="toestemming.pdf",
            media_type="application/pdf",
            content=b"%PDF-1.7 invented",
            at=AT,
        )
        things[owner] |= {
            "person_id": person.pk,
            "note_id": note.pk,
            "file_id": file.pk,
        }
