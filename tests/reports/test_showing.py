"""A hidden figure is shown when two people decide so, and never otherwise."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.reports.conftest import Published
from tests.studies.making import LATER
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.pilots.loading import rules_of
from trede.reports.figures_json import Json
from trede.reports.models import Edition, Showing
from trede.reports.page import lay_out_report
from trede.reports.releasing import release
from trede.reports.showing import agree, ask
from trede.reports.wording import Wording

pytestmark = pytest.mark.django_db
WHY = "The council asked for this number and the people agreed to it."
WIDOWED = {
    "table": "marital_status",
    "row": "widowed",
    "group": "participants",
    "item": None,
    "measure": None,
    "kind": "count",
    "reason": "small",
}


def visit(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def place_in(edition: Edition, **named: str) -> tuple[int, Json]:
    """The first hidden figure that is so."""
    return next(
        (number, place)
        for number, place in enumerate(edition.decisions)
        if all(place[key] == value for key, value in named.items())
    )


def asked(published: Published, **named: str) -> Showing:
    _number, place = place_in(published.edition, **named)
    by = published.cast.by("ilse")
    return ask(edition=published.edition, place=place, why=WHY, by=by, at=LATER)


def test_the_researcher_sees_every_hidden_figure_with_its_reason(
    published: Published,
) -> None:
    address = f"/rapporten/{published.edition.pk}/verborgen/"
    page = visit(published.cast.ilse).get(address).content.decode()
    links = re.findall(rf'href="{address}(\d+)/"', page)
    # The lowest age stands in no report: there is nothing to show.
    hidden = [d for d in published.edition.decisions if d["row"] != "youngest"]
    assert len(links) == len(hidden) > 100
    assert "minder dan vijf" in page


def test_a_request_says_why_and_waits_for_another(published: Published) -> None:
    number, place = place_in(published.edition, table="sex")
    address = f"/rapporten/{published.edition.pk}/verborgen/{number}/"
    ilse = visit(published.cast.ilse)
    short = ilse.post(address, {"why": "Because."}).content.decode()
    assert "Because." in short
    assert "waarom dit cijfer bekend moet zijn" in short
    assert not Showing.objects.exists()
    page = ilse.post(address, {"why": WHY}, follow=True).content.decode()
    assert WHY in page
    assert "Ik ga akkoord" not in page
    showing = Showing.objects.get()
    assert (showing.place, showing.agreed_at) == (place, None)
    assert (
        "Ik ga akkoord"
        in visit(published.cast.fatima).get("/rapporten/tonen/").content.decode()
    )


def test_a_figure_that_is_not_hidden_cannot_be_asked_for(published: Published) -> None:
    by = published.cast.by("ilse")
    place = WIDOWED | {"row": "nobody"}
    with pytest.raises(Refused, match="not hidden in this edition"):
        ask(edition=published.edition, place=place, why=WHY, by=by, at=LATER)
    address = f"/rapporten/{published.edition.pk}/verborgen/99999/"
    assert visit(published.cast.ilse).get(address).status_code == 404


def test_only_a_researcher_asks(published: Published) -> None:
    _number, place = place_in(published.edition, table="sex")
    by = published.cast.by("fatima")
    with pytest.raises(Refused, match="researcher asks"):
        ask(edition=published.edition, place=place, why=WHY, by=by, at=LATER)


def test_asking_twice_is_one_request(published: Published) -> None:
    assert asked(published, table="sex") == asked(published, table="sex")


def test_who_asked_does_not_agree(published: Published) -> None:
    showing, cast = asked(published, table="sex"), published.cast
    with pytest.raises(Refused, match="asked for this yourself"):
        agree(showing=showing, by=cast.by("ilse"), at=LATER)
    with pytest.raises(Refused, match="privacy officer agrees"):
        agree(showing=showing, by=cast.by("greet"), at=LATER)
    showing.refresh_from_db()
    assert showing.agreed_by is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Showing.objects.update(agreed_at=LATER, agreed_by=cast.ilse)


def test_another_municipality_sees_no_request(published: Published) -> None:
    showing = asked(published, table="sex")
    fatima = published.cast.fatima
    Staff.objects.filter(pk=fatima.pk).update(municipality=published.cast.elsewhere)
    client = visit(fatima)
    assert WHY not in client.get("/rapporten/tonen/").content.decode()
    assert client.post(f"/rapporten/tonen/{showing.pk}/akkoord/").status_code == 404


def test_after_a_withdrawal_there_is_nothing_to_decide_any_more(
    published: Published,
) -> None:
    showing, run = asked(published, table="sex"), published.run
    type(run).objects.filter(pk=run.pk).update(not_repeatable_since=LATER)
    with pytest.raises(Refused, match="stopped with the study"):
        agree(showing=showing, by=published.cast.by("fatima"), at=LATER)


def test_an_agreed_figure_stands_in_the_next_edition_with_day_and_reason(
    published: Published,
) -> None:
    cast, by = published.cast, published.cast.by("ilse")
    _number, place = place_in(published.edition, table="marital_status", reason="small")
    showing = asked(published, table="marital_status", reason="small")
    at = LATER + timedelta(days=1)
    assert release(run=published.run, by=by, at=at) == published.edition
    visit(cast.fatima).post(f"/rapporten/tonen/{showing.pk}/akkoord/")
    page = visit(cast.ilse).get(f"/rapporten/{published.edition.pk}/")
    assert "opnieuw maken" in page.content.decode()

    made = release(run=published.run, by=by, at=at)
    assert made.number == published.edition.number + 1
    assert shown_at(place, made.released) == shown_at(place, published.run.results)
    assert shown_at(place, published.edition.released) is None
    assert place | {"reason": "by_decision"} in made.decisions
    assert release(run=published.run, by=by, at=at) == made

    words = Wording(rules_of(published.pilot62.pilot, published.run.until_on))
    report = lay_out_report(
        made.run, made.released, public=True, words=words, edition=made
    )
    (annex,) = [p for p in report.book.annexes if p.code == "annex-by-decision"]
    (told,) = annex.blocks[0].lines
    showing.refresh_from_db()
    assert showing.agreed_at is not None
    assert WHY in told
    assert f"{timezone.localtime(showing.agreed_at):%d-%m-%Y}" in told
    assert not any(one.name in told for one in (cast.ilse, cast.fatima))


def shown_at(place: Json, results: Json) -> object:
    tables = results["tables"]
    assert isinstance(tables, list)
    return next(
        cell["n"]
        for table in tables
        if table["id"] == place["table"]
        for row in table["rows"]
        if row["code"] == place["row"]
        for cell in row["cells"]
        if cell["group"] == place["group"]
    )


def test_both_acts_stand_in_the_trail(published: Published) -> None:
    showing = asked(published, table="sex")
    agree(showing=showing, by=published.cast.by("fatima"), at=LATER)
    acts = Line.objects.filter(action__endswith="show a hidden figure")
    assert sorted(acts.values_list("action", flat=True)) == [
        "agreed to show a hidden figure",
        "asked to show a hidden figure",
    ]
