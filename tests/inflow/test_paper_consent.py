"""Consent on paper: what it says, from the day on it; what came later stands."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, employ
from tests.inflow.intakes import AT, YES_TO_ALL, IntakeDesk, a_png, make_desk
from tests.inflow.reaching_out import browser
from trede.accounts.models import Role
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow.paper_consent import Paper, blank_form, register
from trede.inflow.signing import text_of
from trede.people.consenting import has_consent, standing, withdraw
from trede.people.models import ConsentDecision, Purpose, StoredFile
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import prepare

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"
VERSION = "nijmegen-2020-1"
LATER = AT + timedelta(days=14)
SIGNED = AT.date()


@pytest.fixture
def desk(cast: Cast) -> IntakeDesk:
    return make_desk(cast)


def paper(**what: object) -> Paper:
    given = {
        "signed_on": SIGNED,
        "version": VERSION,
        "language": "nl",
        "decisions": YES_TO_ALL,
    }
    return Paper(**given | what)


def kept(desk: IntakeDesk, scan: bytes = PDF, at=LATER, **what: object) -> StoredFile:
    return register(
        candidate=desk.candidate, paper=paper(**what), scan=scan, by=desk.by, at=at
    )


def agrees(desk: IntakeDesk, purpose: Purpose = Purpose.STUDY) -> bool:
    return has_consent(desk.person, desk.pilot, purpose)


@pytest.mark.parametrize(
    ("scan", "media_type", "ending"),
    [
        (PDF, "application/pdf", "pdf"),
        (JPEG, "image/jpeg", "jpg"),
        (a_png(), "image/png", "png"),
    ],
)
def test_a_scan_is_kept_with_what_was_decided(desk, scan, media_type, ending):
    file = kept(desk, scan, decisions={**YES_TO_ALL, Purpose.RECORDING: False})
    assert (file.media_type, file.content) == (media_type, scan)
    assert file.name.endswith(ending)
    assert agrees(desk) and not agrees(desk, Purpose.RECORDING)
    decision = standing(desk.person, desk.pilot, Purpose.STUDY)
    assert decision is not None
    assert timezone.localdate(decision.at) == SIGNED
    assert (decision.form, decision.text_version) == (file, VERSION)


def test_in_the_database_the_scan_cannot_be_read(desk):
    file = kept(desk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM people_storedfile WHERE id = %s", [file.pk])
        (stored,) = cursor.fetchone()
    assert b"%PDF" not in bytes(stored)


def test_the_same_paper_twice_is_once(desk):
    assert kept(desk) == kept(desk)
    assert ConsentDecision.objects.count() == len(Purpose)
    lines = Line.objects.filter(action="registered a consent form on paper")
    assert lines.count() == 1


def test_after_it_the_questionnaire_opens_and_without_it_not(desk):
    how = {
        "person": desk.person,
        "pilot": desk.pilot,
        "wave": "T0",
        "mode": Sitting.Mode.ALONE,
        "language": "nl",
        "location": "",
        "by": desk.by,
        "at": LATER,
    }
    with pytest.raises(Refused, match="no consent to the study"):
        prepare(**how)
    kept(desk)
    assert prepare(**how).pk


def test_a_withdrawal_since_the_signature_stands(desk):
    kept(desk, signed_on=SIGNED)
    withdraw(
        person=desk.person,
        pilot=desk.pilot,
        purpose=Purpose.STUDY,
        by=desk.by,
        at=AT + timedelta(days=3),
    )
    for day in (SIGNED + timedelta(days=1), SIGNED + timedelta(days=3)):
        with pytest.raises(Refused, match="decided about this already"):
            kept(desk, PDF + b"%%EOF", signed_on=day)
    assert not agrees(desk)


def test_a_paper_of_today_makes_no_yes_of_a_no_of_today(desk):
    kept(desk, signed_on=SIGNED)
    withdraw(
        person=desk.person,
        pilot=desk.pilot,
        purpose=Purpose.STUDY,
        by=desk.by,
        at=LATER - timedelta(hours=1),
    )
    with pytest.raises(Refused, match="decided about this already"):
        kept(desk, PDF + b"%%EOF", signed_on=LATER.date())
    assert not agrees(desk)


def test_a_new_signature_after_a_withdrawal_counts(desk):
    kept(desk)
    withdraw(
        person=desk.person,
        pilot=desk.pilot,
        purpose=Purpose.STUDY,
        by=desk.by,
        at=AT + timedelta(days=3),
    )
    kept(desk, JPEG, signed_on=SIGNED + timedelta(days=5))
    assert agrees(desk)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"signed_on": LATER.date() + timedelta(days=1)}, "not come yet"),
        ({"signed_on": date(1990, 1, 1)}, "not begun yet"),
        ({"version": "unknown"}, "Choose the version"),
        ({"language": "xx"}, "not there in this language"),
        ({"decisions": {Purpose.STUDY: True}}, "each purpose apart"),
    ],
)
def test_a_form_that_cannot_be_is_refused(desk, what, said):
    with pytest.raises(Refused, match=said):
        kept(desk, **what)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("scan", "said"),
    [
        (b"", "not a scan"),
        (b"MZ\x90", "not a scan"),
        (b"<html>%PDF-", "not a scan"),
        (b"%PDF-1.7 cut short", "did not arrive whole"),
        (JPEG[:-2], "did not arrive whole"),
        (b"%PDF-1.7 /Encrypt 3 0 R\n%%EOF", "password"),
        (b"%PDF-1.7 /OpenAction << /JS (x) >>\n%%EOF", "more than a scan"),
        (b"%PDF-1.7" + bytes(10 * 1024 * 1024) + b"%%EOF", "too large"),
    ],
)
def test_what_is_no_scan_is_refused_in_words(desk, scan, said):
    with pytest.raises(Refused, match=said):
        kept(desk, scan)
    assert not StoredFile.objects.exists()


def test_three_letters_in_the_packed_picture_are_chance(desk):
    packed = b"<< /Length 9 >>\nstream\n\x9c/JS\xff\x00\nendstream\n"
    assert kept(desk, PDF.replace(b"endobj", packed + b"endobj"))


def test_an_open_intake_goes_on_with_the_form(desk):
    now = desk.informed()
    file = kept(desk)
    now.refresh_from_db()
    assert now.form == file


def words_of(pdf: bytes, folder: Path) -> str:
    path = folder / "form.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


def test_the_form_to_print_says_all_of_the_text_and_leaves_the_choices_open(
    desk, tmp_path
):
    text = text_of(desk.pilot, AT)
    edition = text.in_language("nl")
    pdf = blank_form(pilot=desk.pilot, text=text, edition=edition, at=AT)
    said = words_of(pdf, tmp_path)
    for words in (
        edition.title,
        *(one.title for one in edition.section),
        *(word for one in edition.decision for word in (one.yes, one.no)),
        edition.signing.birth_date,
        text.version,
    ):
        assert " ".join(words.split()) in said
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf or b"pdfuaid" in pdf
    again = blank_form(pilot=desk.pilot, text=text, edition=edition, at=AT)
    assert again == pdf


def address(desk: IntakeDesk) -> str:
    return reverse("inflow:paper_consent", args=[desk.candidate.pk])


def sent(scan: bytes = PDF, **what: str) -> dict[str, object]:
    return {
        "scan": SimpleUploadedFile("formulier.pdf", scan),
        "signed_on": timezone.localdate().isoformat(),
        "version": VERSION,
        "language": "nl",
        "complete": "on",
        **{purpose.value: "yes" for purpose in Purpose},
        **what,
    }


def test_the_page_keeps_the_choices_and_shows_them_with_the_file(desk):
    sanne = browser(desk.cast.sanne)
    page = sanne.get(address(desk)).text
    blank = reverse("inflow:blank_consent", args=[desk.pilot.pk])
    assert f"{blank}?taal=nl" in page
    assert sanne.get(blank).headers["Content-Type"] == "application/pdf"
    for _twice in range(2):
        answer = sanne.post(address(desk), sent(recording="no"), follow=True)
    assert answer.request["PATH_INFO"] == reverse(
        "people:consents", args=[desk.person.pk]
    )
    assert agrees(desk) and not agrees(desk, Purpose.RECORDING)
    assert StoredFile.objects.count() == 1


def test_the_form_to_print_and_the_choice_offered_follow_the_design_of_today(desk):
    sanne = browser(desk.cast.sanne)
    blank = sanne.get(reverse("inflow:blank_consent", args=[desk.pilot.pk]))
    assert "nijmegen-2020-2-nl.pdf" in blank.headers["Content-Disposition"]
    form = sanne.get(address(desk)).context["form"]
    assert form.initial["version"] == "nijmegen-2020-2"
    # What was signed earlier keeps the words that stood on it.
    assert "nijmegen-2020-1" in dict(form.fields["version"].choices)


def test_a_yes_without_a_signature_is_asked_about(desk):
    answer = browser(desk.cast.sanne).post(address(desk), sent(complete=""))
    assert "Een ja telt alleen met naam, datum en handtekening" in answer.text
    assert not ConsentDecision.objects.exists()


def test_a_no_to_all_needs_no_signature_and_is_kept(desk):
    noes = {purpose.value: "no" for purpose in Purpose}
    browser(desk.cast.sanne).post(address(desk), sent(complete="", **noes))
    assert ConsentDecision.objects.filter(given=False).count() == len(Purpose)


def test_another_file_says_what_to_do_and_keeps_what_was_chosen(desk):
    answer = browser(desk.cast.sanne).post(address(desk), sent(b"GIF89a"))
    assert "Dit is geen scan" in answer.text
    assert "checked" in answer.text
    assert not StoredFile.objects.exists()


def test_from_an_open_intake_one_comes_back_to_it(desk):
    now, sanne = desk.informed(), browser(desk.cast.sanne)
    step = reverse("inflow:intake_consent", args=[now.pk])
    assert address(desk) in sanne.get(step).text
    answer = sanne.post(address(desk), sent(JPEG))
    assert answer.headers["Location"] == step
    form = sanne.get(reverse("inflow:consent_form", args=[now.pk]))
    assert (form.headers["Content-Type"], form.content) == ("image/jpeg", JPEG)


@pytest.mark.parametrize(("who", "status"), [("willem", 404), ("rik", 403)])
def test_nobody_else_registers_it(desk, who, status):
    answer = browser(getattr(desk.cast, who)).post(address(desk), sent())
    assert answer.status_code == status
    assert not StoredFile.objects.exists()


def test_elsewhere_neither_page_is_there(cast, desk):
    far = browser(employ(cast.elsewhere, "ver", Role.COORDINATOR))
    blank = reverse("inflow:blank_consent", args=[desk.pilot.pk])
    assert [far.get(page).status_code for page in (address(desk), blank)] == [404, 404]


@pytest.mark.parametrize(("language", "status"), [("nl", ""), ("ar", "machine")])
def test_how_far_the_words_were_trusted_is_kept_as_on_the_screen(
    desk, language: str, status: str
):
    kept(desk, language=language)
    decided = ConsentDecision.objects.values_list("language", "translation_status")
    assert set(decided) == {(language, status)}
