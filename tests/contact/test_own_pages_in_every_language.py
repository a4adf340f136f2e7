"""What people read behind a link is there, whole, in every language that we speak."""

from pathlib import Path

import pytest

from trede.contact.appointment_words import TEXT, AppointmentWords
from trede.desk import my_plan_words
from trede.documents.translated import letter_in_files, say, translations
from trede.inflow.letter_words import TEXTS, ChoiceWords, InvitationWords
from trede.languages import LANGUAGES

FILES = (
    (AppointmentWords, TEXT),
    (my_plan_words.PlanWords, my_plan_words.TEXT),
    (ChoiceWords, TEXTS / "choice.toml"),
    (InvitationWords, TEXTS / "invitation.toml"),
)


@pytest.mark.parametrize(("kind", "file"), FILES)
@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_every_text_is_there(kind: type, file: Path, language: str) -> None:
    written, known = letter_in_files(kind, file, "nobody")
    said = say(written, language, known)
    assert (said.language, said.why) == (language, "")


@pytest.mark.parametrize(("kind", "file"), FILES)
def test_what_a_machine_made_is_marked_as_such(kind: type, file: Path) -> None:
    for words in translations(file.parent).values():
        assert words.status == "machine" or words.vouched_by
