"""What leaves the building, who may read it when, and that nobody is in it."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.reports.conftest import Published
from tests.studies.making import LATER
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.people.consenting import withdraw
from trede.people.models import Purpose
from trede.pilots.loading import rules_of
from trede.reports.models import Edition
from trede.reports.page import lay_out_report
from trede.reports.printing import pdf
from trede.reports.releasing import approve, release
from trede.reports.wording import Wording
from trede.studies.running import run_interim

pytestmark = pytest.mark.django_db


def visit(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def words_of(published: Published) -> Wording:
    return Wording(rules_of(published.pilot62.pilot, published.run.until_on))


def figures_in(results) -> list[tuple[str, str, str, object]]:
    return [
        (table["id"], row["code"], key, cell[key])
        for table in results["tables"]
        for row in table["rows"]
        for each in (row, *row.get("of_which", []))
        for cell in each["cells"]
        if cell["group"] != "reference"
        for key in ("n", "percent")
        if key in cell
    ]


def test_the_public_view_prints_no_handful(published: Published):
    small = [
        place
        for place in figures_in(published.edition.released)
        if place[2] == "n" and place[3] in (1, 2, 3, 4)
    ]
    assert small == []
    full = [
        place
        for place in figures_in(published.run.results)
        if place[2] == "n" and place[3] in (1, 2, 3, 4)
    ]
    assert len(full) > 17


def test_every_hidden_cell_has_its_reason(published: Published):
    hidden = [
        place for place in figures_in(published.edition.released) if place[3] is None
    ]
    reasons = {decision["reason"] for decision in published.edition.decisions}
    assert hidden
    assert {"small", "secondary"} <= reasons
    assert len(published.edition.decisions) >= 100


def test_what_was_told_holds_no_hidden_number(published: Published):
    assert "results" not in published.edition.told
    assert not re.search(r'"counts"', json.dumps(published.edition.told))


def test_a_second_click_gives_the_same_edition(published: Published):
    again = release(run=published.run, by=published.cast.by("ilse"), at=LATER)
    assert again == published.edition


def test_a_concept_is_for_the_researcher_only(published: Published):
    address = f"/rapporten/{published.edition.pk}/"
    cast = published.cast
    assert visit(cast.ilse).get(address).status_code == 200
    for staff in (cast.bas, cast.greet):
        assert visit(staff).get(address).status_code == 404
    approve(edition=published.edition, by=cast.by("ilse"), at=LATER)
    for staff in (cast.bas, cast.greet):
        page = visit(staff).get(address)
        assert page.status_code == 200
        assert "Researcher's view" not in page.content.decode()
    for staff in (cast.sanne, cast.rik, cast.noor):
        assert visit(staff).get(address).status_code == 403


def test_only_a_researcher_approves(published: Published):
    with pytest.raises(Refused, match="researcher approves"):
        approve(edition=published.edition, by=published.cast.by("greet"), at=LATER)


def test_the_researchers_view_is_shut_for_everybody_else(published: Published):
    cast = published.cast
    for ending in ("", "pdf/", "cijfers/"):
        address = f"/rapporten/berekening/{published.run.pk}/{ending}"
        assert visit(cast.ilse).get(address).status_code == 200
        for staff in (cast.sanne, cast.greet, cast.bas, cast.fatima, cast.aad):
            assert visit(staff).get(address).status_code == 403


def test_the_coordinator_sees_the_funnel_and_the_adviser_does_not(published: Published):
    address = f"/rapporten/verloop/{published.pilot62.pilot.pk}/"
    assert visit(published.cast.greet).get(address).status_code == 200
    assert visit(published.cast.bas).get(address).status_code == 403


def test_a_later_edition_is_made_against_the_approved_one(published: Published):
    cast, study = published.cast, published.pilot62.study
    approve(edition=published.edition, by=cast.by("ilse"), at=LATER)
    withdraw(
        person=published.pilot62.people[0],
        pilot=study.pilot,
        purpose=Purpose.STUDY,
        by=cast.by("sanne"),
        at=LATER,
    )
    at = LATER + timedelta(days=1)
    by = cast.by("ilse")
    run = run_interim(study=study, until=published.run.until_on, by=by, at=at)
    later = release(run=run, by=by, at=at)
    before = len([p for p in figures_in(published.edition.released) if p[3] is None])
    after = len([p for p in figures_in(later.released) if p[3] is None])
    # One person fewer would be told by the differences, so much more is hidden.
    assert after > before
    assert {d["reason"] for d in later.decisions} & {"difference_earlier"}


def test_an_edition_that_did_not_know_of_another_is_not_approved(published: Published):
    cast, at = published.cast, LATER + timedelta(days=1)
    by = cast.by("ilse")
    approve(edition=published.edition, by=by, at=at)
    stale = Edition.objects.create(
        study=published.pilot62.study,
        run=published.run,
        number=9,
        released={},
        told={},
        decisions=[],
        made_at=LATER,
        made_by="test",
    )
    with pytest.raises(Refused, match="Another edition was approved"):
        approve(edition=stale, by=by, at=at)


def test_the_paper_is_tagged_and_says_the_same_figures(published: Published):
    content = pdf(
        published.run,
        published.edition.released,
        view="public",
        wording=words_of(published),
    )
    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid" in content


def test_nobody_is_named_in_runs_editions_or_paper(published: Published):
    person = published.pilot62.people[0]
    secrets = [person.surname, person.bsn, person.telephone, "999999990"]
    texts = [
        json.dumps(published.run.results),
        json.dumps(published.edition.released),
        json.dumps(published.edition.told),
        json.dumps(published.edition.decisions),
        visit(published.cast.ilse)
        .get(f"/rapporten/berekening/{published.run.pk}/")
        .content.decode(),
        visit(published.cast.ilse)
        .get(f"/onderzoek/{published.pilot62.study.pk}/metingen/")
        .content.decode(),
    ]
    for text in texts:
        for secret in secrets:
            assert secret not in text


def test_the_grid_comes_a_page_at_a_time(published: Published):
    address = f"/onderzoek/{published.pilot62.study.pk}/metingen/"
    client, found = visit(published.cast.ilse), []
    for page in (1, 2):
        text = client.get(address, {"page": page}).content.decode()
        found.append(set(re.findall(r"P-[0-9A-Z]{6}", text)))
    assert [len(codes) for codes in found] == [50, 12]
    assert not found[0] & found[1]


def test_no_report_speaks_of_an_effect(published: Published):
    report = lay_out_report(
        published.run, published.run.results, public=False, words=words_of(published)
    )
    text = " ".join((*report.cannot_say, *report.held_back, report.vocabulary))
    assert "effect" not in text.lower()
    assert "indication" in text


def test_simulated_answers_are_said_to_be_simulated(published: Published):
    page = visit(published.cast.ilse).get(f"/rapporten/{published.edition.pk}/")
    text = page.content.decode()
    assert "T1" in text
    assert "simul" in text


def test_the_download_is_noted_with_everybody_in_it(published: Published):
    answer = visit(published.cast.ilse).post(
        f"/onderzoek/{published.pilot62.study.pk}/gegevens/",
        {"ending": ".csv", "until": "2021-01-18"},
    )
    assert answer["Content-Type"].startswith("text/csv")
    line = Line.objects.filter(action="downloaded a dataset (csv)").get()
    noted = set(line.mentions.values_list("person_id", flat=True))
    assert noted == {person.pk for person in published.pilot62.people}


def test_a_wrong_date_is_told_on_the_page(published: Published):
    answer = visit(published.cast.ilse).post(
        f"/onderzoek/{published.pilot62.study.pk}/berekenen/",
        {"until": "31-31-2020", "edition": "interim"},
    )
    assert answer.status_code == 200
    assert "field--wrong" in answer.content.decode()
