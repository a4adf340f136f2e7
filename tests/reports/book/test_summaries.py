"""The sheet for the council and the page for participants, from the public edition."""

import json
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.book.test_headlines import estimate, outcome, results
from tests.reports.conftest import Published
from trede.documents.translated import ORIGINAL
from trede.languages import LANGUAGES
from trede.pilots.loading import rules_of
from trede.reports.book.headlines import headlines_in
from trede.reports.models import Edition
from trede.reports.summaries import printing
from trede.reports.summaries.changes_told import told
from trede.reports.summaries.council import council_page
from trede.reports.summaries.participants_page import participants_page
from trede.reports.summaries.participants_words import languages_there, lost_words
from trede.reports.summaries.printing import council_pdf, participants_pdf
from trede.reports.summaries.ten_people import in_tenths, shared_out
from trede.reports.wording import Wording

SENTENCE = "On average from 6.07 to 6.64: 0.57 up. Of 117 people."


def said(row: dict[str, object], **more: object) -> str:
    with translation.override("en"):
        one = headlines_in(results(row, **more))[0]
        return " ".join(told(one, "satisfied").sentences)


def test_a_change_is_told_with_what_its_interval_leaves_out():
    words = said(estimate())
    assert words.startswith(SENTENCE)
    assert "from +0.21 to +0.93" in words
    assert "is not among that" in words


def test_an_interval_that_holds_zero_says_so():
    words = said(estimate(ci=[-0.1, 0.93]))
    assert "\N{MINUS SIGN}0.10 to +0.93" in words
    assert "No difference at all is among that." in words


def test_zero_is_not_left_out_where_coaches_do_not_bear_it_out():
    words = said(estimate(notes=["clusters_ignored"]))
    assert "When coaches are counted with, no difference may be among that." in words
    assert "is not among that" not in words


def test_a_withheld_change_prints_no_number():
    gone = outcome(mean_before=None, mean_after=None, up=None, same=None, down=None)
    words = said(estimate(estimate=None, ci=None, n=None), outcomes=[gone])
    assert not re.search(r"\d", words)


def test_the_word_for_a_comparison_needs_a_group():
    row = estimate(method="ancova_cr2")
    assert "did not have the guidance" in said(row, language="effect")
    assert "did not have the guidance" not in said(estimate())


@pytest.mark.parametrize("word", ["significant", "proven", "effect"])
def test_no_verdict_is_given(word: str):
    assert word not in said(estimate())


@given(st.lists(st.integers(0, 500), min_size=1, max_size=5))
def test_tenths_of_a_whole_are_ten_people_and_none_is_made_of_nobody(counts):
    tenths = shared_out(counts)
    assert sum(tenths) == (10 if sum(counts) else 0)
    assert all(n or not one for n, one in zip(counts, tenths, strict=True))


@pytest.mark.parametrize(
    ("percent", "n", "nearly"),
    [(0, 0, ""), (4, 0, "nobody"), (5, 1, ""), (96, 10, "everybody"), (100, 10, "")],
)
def test_nearly_nobody_is_not_nobody(percent: float, n: int, nearly: str):
    tenths = in_tenths(percent)
    assert (tenths.n, tenths.nearly) == (n, nearly)


# On a real edition ----------------------------------------------------------------


@pytest.fixture
def wording(published: Published) -> Wording:
    return Wording(rules_of(published.pilot62.pilot, published.run.until_on))


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


def with_changes(published: Published, n: int) -> None:
    """As a final run would add them."""
    rows = [estimate(outcome=f"outcome_{place}") for place in range(n)]
    known = [outcome(outcome=f"outcome_{place}") for place in range(n)]
    published.edition.released |= results(*rows, outcomes=known)


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [0, 4, 40])
def test_the_council_reads_one_sheet(
    published: Published, wording: Wording, changes: int
):
    published.edition.refresh_from_db()
    if changes:
        with_changes(published, changes)
    page = council_page(published.edition, wording)
    assert len(page.changed) == min(changes, 4)
    assert bool(page.not_changed) == (changes == 0)
    assert pages(council_pdf(published.edition, page)) == 1
    published.edition.refresh_from_db()


@pytest.mark.django_db
def test_the_council_reads_nothing_that_the_edition_hides(
    published: Published, wording: Wording
):
    page = council_page(published.edition, wording)
    text = json.dumps([page.done, page.people, page.not_changed, page.picture.told])
    released = json.dumps(published.edition.released)
    for number in re.findall(r"(?<![\d-])\d{2,}(?![\d-])", text):
        derived = number in ("41", str(wording.rules.pilot.aim))
        assert derived or number in released


@pytest.mark.django_db
def test_participants_read_a_page_in_every_language_of_trede(
    published: Published, wording: Wording
):
    there = languages_there(wording.rules)
    assert there == tuple(language.code for language in LANGUAGES)
    assert not [c for c in there if c != ORIGINAL and lost_words(c, wording.rules)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", [each.code for each in LANGUAGES])
def test_the_page_for_participants_is_one_sheet(
    published: Published, wording: Wording, language: str
):
    treads = ("coach_tread", "tread")
    published.edition.released |= results(
        *(estimate(outcome=code, type="ladder") for code in treads),
        outcomes=[outcome(outcome=code) for code in treads],
    )
    page = participants_page(
        published.edition, wording, language=language, state="concept"
    )
    published.edition.refresh_from_db()
    assert page.said.language == language
    assert len(page.changes) == 2
    content = participants_pdf(published.edition, page)
    assert pages(content) == 1
    short = language.partition("-")[0]
    assert re.search(rf"/Lang\s*\({short}\)".encode(), content)


@pytest.mark.django_db
def test_a_concept_says_so_in_the_language_it_is_read_in(
    published: Published, wording: Wording, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(printing, "typeset", lambda name, data: data["state"])

    def state(language: str, of_edition: str) -> object:
        page = participants_page(
            published.edition, wording, language=language, state=of_edition
        )
        return participants_pdf(published.edition, page)

    told = {each.code: state(each.code, "Concept") for each in LANGUAGES}
    assert len(set(told.values())) == len(LANGUAGES)
    assert told["en"].startswith("This sheet is not finished yet.")
    assert state("nl", "") == ""


@pytest.mark.django_db
@pytest.mark.parametrize("language", [each.code for each in LANGUAGES])
def test_a_sheet_of_invented_people_says_so_to_whoever_is_handed_one(
    published: Published,
    wording: Wording,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(printing, "typeset", lambda name, data: data["invented"])

    def told(*, invented: bool) -> object:
        published.edition.released["invented"] = invented
        page = participants_page(
            published.edition, wording, language=language, state=""
        )
        published.edition.refresh_from_db()
        return participants_pdf(published.edition, page)

    in_dutch = "Dit is een voorbeeld. De mensen en hun antwoorden zijn verzonnen."
    assert told(invented=False) == ""
    assert told(invented=True)
    assert (told(invented=True) == in_dutch) is (language == "nl")


@pytest.mark.django_db
def test_on_screen_and_for_the_council_it_stands_in_the_words_of_the_sheet(
    published: Published,
):
    released = published.edition.released | {"invented": True}
    Edition.objects.filter(pk=published.edition.pk).update(released=released)
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(published.cast.ilse, backend)
    for name, language, words in (
        ("deelnemers", "tr", "Bu bir örnektir."),
        ("deelnemers", "ti", "ናይ ሓቂ ኣይኮኑን"),
        ("raad", "nl", "Dit is een demo"),
        ("raad", "en", "This is a demo"),
    ):
        address = f"/rapporten/{published.edition.pk}/{name}/?taal={language}"
        page = client.get(address).content.decode()
        assert words in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)


@pytest.mark.django_db
def test_a_language_that_nobody_has_is_dutch(published: Published, wording: Wording):
    page = participants_page(published.edition, wording, language="xx", state="")
    assert page.said.language == ORIGINAL


@pytest.mark.django_db
def test_a_pilot_that_wants_reviewed_words_prints_no_others(
    published: Published, wording: Wording
):
    strict = replace(wording.rules.questions, translation_at_least="reviewed")
    rules = replace(wording.rules, questions=strict)
    assert languages_there(rules) == (ORIGINAL,)


@pytest.mark.django_db
def test_a_share_that_is_hidden_is_not_drawn(published: Published, wording: Wording):
    for claim in published.edition.released["claims"]:
        claim["n"] = claim["percent"] = None
    page = participants_page(published.edition, wording, language="nl", state="")
    assert page.shares == ()
    assert page.words.nothing_said
    published.edition.refresh_from_db()


@pytest.mark.django_db
def test_a_coach_opens_neither(published: Published):
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(published.cast.sanne, backend)
    for name in ("raad", "deelnemers"):
        address = f"/rapporten/{published.edition.pk}/{name}/"
        assert client.get(address).status_code == 403
