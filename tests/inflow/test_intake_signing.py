"""Consent per purpose, and the form that never changes."""

import base64
import contextlib
import hashlib
import struct
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.inflow.intakes import (
    AT,
    NO_TO_ALL,
    YES_TO_ALL,
    IntakeDesk,
    a_png,
    make_desk,
)
from trede.accounts.refusing import Refused
from trede.contact.links import open_link
from trede.inflow.consent_letter import make_consent_letter
from trede.inflow.models import Intake
from trede.inflow.signature import drawn
from trede.inflow.signing import text_of
from trede.people.consenting import has_consent
from trede.people.models import ConsentDecision, Purpose, StoredFile
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import to_use

LATER = AT + timedelta(hours=1)
MIXED = {Purpose.STUDY: True, Purpose.RECORDING: False, Purpose.REGISTER: True}


@pytest.fixture
def desk(cast: Cast) -> IntakeDesk:
    return make_desk(cast)


def as_address(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()


def test_each_purpose_is_decided_apart_and_points_to_the_form(desk):
    form = desk.sign(desk.informed(), MIXED)
    decisions = {one.purpose: one for one in ConsentDecision.objects.all()}
    assert {code: one.given for code, one in decisions.items()} == {
        "study": True,
        "recording": False,
        "register": True,
    }
    assert {one.form for one in decisions.values()} == {form}
    assert {one.text_version for one in decisions.values()} == {"nijmegen-2020-1"}
    assert has_consent(desk.person, desk.pilot, Purpose.STUDY)


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (datetime(2020, 11, 30, 22, 59, tzinfo=UTC), "nijmegen-2020-1"),
        (datetime(2020, 11, 30, 23, 1, tzinfo=UTC), "nijmegen-2020-2"),
    ],
)
def test_the_text_is_that_of_the_design_on_the_day_of_signing(desk, on, version):
    """The day is that of the Netherlands."""
    form = desk.sign(desk.informed(at=on), at=on)
    signed = ConsentDecision.objects.values_list("text_version", flat=True)
    assert set(signed) == {version}
    assert text_of(desk.pilot, on).version == version
    assert form.kind == StoredFile.Kind.CONSENT


def test_the_form_is_a_tagged_pdf_with_its_own_digest(desk):
    form = desk.sign(desk.informed(), MIXED)
    assert form.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in form.content
    assert form.sha256 == hashlib.sha256(form.content).hexdigest()


def test_the_form_stands_encrypted_in_the_database(desk):
    desk.sign(desk.informed(), MIXED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM people_storedfile")
        (stored,) = cursor.fetchone()
    assert b"%PDF" not in bytes(stored)


def test_a_double_click_signs_once(desk):
    now = desk.informed()
    first = desk.sign(now, MIXED)
    second = desk.sign(now, MIXED, at=LATER)
    assert first == second
    assert (StoredFile.objects.count(), ConsentDecision.objects.count()) == (1, 3)


def test_deciding_otherwise_makes_a_new_form_and_keeps_the_old(desk):
    now = desk.informed()
    first = desk.sign(now, YES_TO_ALL)
    second = desk.sign(now, MIXED, at=LATER)
    assert first != second
    first.refresh_from_db()
    assert first.destroyed_at is None
    assert not has_consent(desk.person, desk.pilot, Purpose.RECORDING)


@pytest.mark.parametrize("name", ["", "   "])
def test_a_yes_without_a_name_or_a_signature_is_refused(desk, name):
    with pytest.raises(Refused, match="A yes is signed"):
        desk.sign(desk.informed(), MIXED, name=name)
    assert not ConsentDecision.objects.exists()


def test_a_drawn_signature_is_enough(desk):
    form = desk.sign(desk.informed(), MIXED, name="", signature_png=a_png())
    assert form.kind == StoredFile.Kind.CONSENT


def test_a_no_to_everything_needs_no_signature(desk):
    desk.sign(desk.informed(), NO_TO_ALL, name="")
    assert not has_consent(desk.person, desk.pilot, Purpose.STUDY)


def test_every_purpose_must_be_asked(desk):
    with pytest.raises(Refused, match="each purpose apart"):
        desk.sign(desk.informed(), {Purpose.STUDY: True})


def test_nobody_signs_a_text_in_a_language_it_does_not_have(desk):
    with pytest.raises(Refused, match="not there in this language") as refusal:
        desk.sign(desk.informed(), MIXED, language="ckb")
    assert refusal.value.field == "language"


def test_a_name_that_cannot_be_printed_is_refused_and_nothing_is_kept(desk):
    with pytest.raises(Refused, match="cannot be printed"):
        desk.sign(desk.informed(), MIXED, name="王小明")
    assert not ConsentDecision.objects.exists()
    assert not StoredFile.objects.exists()


def test_taking_back_the_study_ends_the_open_questionnaire(desk):
    now = desk.signed()
    sitting = Sitting.objects.create(
        person=desk.person,
        pilot=desk.pilot,
        questionnaire=_questionnaire(desk),
        wave="T0",
        circumstance="open",
        prepared_by=desk.cast.sanne,
        prepared_at=AT,
    )
    desk.sign(now, NO_TO_ALL, at=LATER)
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.ENDED


def _questionnaire(desk):
    return to_use("nijmegen_intake", town=None, by=desk.by, at=AT)


# The letter to take home -----------------------------------------------------------


def letter(desk: IntakeDesk, now: Intake, links: list[str]):
    def address(token: str) -> str:
        links.append(token)
        return f"https://trede.example/stoppen/{token}/"

    return make_consent_letter(intake=now, address=address, by=desk.by, at=LATER)


def test_the_letter_holds_a_link_with_which_the_person_stops(desk):
    links: list[str] = []
    made = letter(desk, desk.signed(MIXED), links)
    (token,) = links
    link = open_link(token=token, purpose="leave", at=LATER + timedelta(days=500))
    assert link is not None and link.person == desk.person
    assert token in made.content


def test_there_is_no_letter_before_anything_was_signed(desk):
    with pytest.raises(Refused, match="First the consent form"):
        letter(desk, desk.informed(), [])


# What was drawn --------------------------------------------------------------------


def test_an_empty_pad_is_no_signature():
    assert drawn("") is None


def test_a_drawing_is_kept_without_what_else_the_file_carries():
    text = b"tEXt" + b"author\0somebody"
    chunk = (
        struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    )
    assert drawn(as_address(a_png(extra=chunk))) == a_png()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,****",
        as_address(a_png()[:-20]),
        as_address(a_png().replace(b"IDAT", b"IDAT\0")),
        as_address(a_png(9000, 1)),
        as_address(b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_is_not_a_whole_small_drawing_is_refused_plainly(address):
    with pytest.raises(Refused, match="Sign again"):
        drawn(address)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_make_the_reader_fall_over(content):
    with contextlib.suppress(Refused):
        drawn(as_address(b"\x89PNG\r\n\x1a\n" + content))
