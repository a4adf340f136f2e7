"""What the door does before any view: sessions that ended, forms, languages, htmx."""

import pytest
from django.conf import settings as live
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.cast import Cast
from trede.accounts.models import Staff
from trede.accounts.permissions import DOORS, Door, Reach

FORM = "/medewerkers/nieuw/"


def test_a_stranger_comes_back_to_the_page_after_signing_in(
    client: Client, db: None
) -> None:
    answer = client.get("/logboek/?person=11")
    assert answer.headers["Location"] == "/aanmelden/?next=/logboek/%3Fperson%3D11"


def test_who_was_signed_out_over_a_form_comes_back_to_the_form(
    client: Client, db: None
) -> None:
    """And not to the address of a button, which cannot be opened."""
    answer = client.post(
        "/medewerkers/3/rol-geven/",
        {"role": "coach"},
        headers={"referer": "http://testserver/medewerkers/3/"},
    )
    assert answer.status_code == 302
    assert "medewerkers/3/" in answer.headers["Location"]
    assert "rol-geven" not in answer.headers["Location"]
    assert b"notice--note" in client.get(answer.headers["Location"]).content


def test_a_referer_of_somebody_else_is_not_followed(client: Client, db: None) -> None:
    answer = client.post(FORM, headers={"referer": "https://evil.example/"})
    assert answer.headers["Location"] == "/aanmelden/?next=/"


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(client: Client, db: None) -> None:
    answer = client.get("/logboek/", headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith("/aanmelden/?next=")


def test_a_form_without_its_token_is_explained_and_does_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.aad, live.AUTHENTICATION_BACKENDS[1])
    answer = client.post(
        FORM,
        {"name": "Nieuw", "email": "nieuw@example.test", "roles": ["coach"]},
        headers={"referer": f"https://evil.example{FORM}"},
    )
    assert answer.status_code == 403
    assert b"formulier is verlopen" in answer.content
    assert client.get("/niet-verstuurd/").headers["Location"] == "/"
    assert not Staff.objects.filter(name="Nieuw").exists()


def test_staff_pages_speak_dutch_whatever_the_browser_asks(
    as_sanne: Client, client: Client
) -> None:
    for one in (as_sanne, client):
        page = one.get("/aanmelden/", headers={"accept-language": "en"}, follow=True)
        assert b'lang="nl"' in page.content


def test_a_member_of_staff_may_choose_english(as_sanne: Client, cast: Cast) -> None:
    as_sanne.post("/taal/", {"language": "en"})
    cast.sanne.refresh_from_db()
    assert cast.sanne.language == "en"
    assert b'lang="en"' in as_sanne.get("/mijn-account/").content
    as_sanne.post("/taal/", {"language": "nl"})
    assert b'lang="nl"' in as_sanne.get("/mijn-account/").content


def test_a_stranger_may_choose_english_on_this_device(client: Client, db: None) -> None:
    client.post("/taal/", {"language": "en"})
    assert b'lang="en"' in client.get("/aanmelden/").content


def sign_in(client: Client, staff: Staff) -> None:
    staff.set_password(PASSWORD)
    staff.save()
    told = {"email": staff.email, "password": PASSWORD}
    assert client.post("/aanmelden/", told).status_code == 302


def test_the_language_one_signed_in_with_is_the_one_to_work_in(
    client: Client, cast: Cast
) -> None:
    client.post("/taal/", {"language": "en"})
    sign_in(client, cast.sanne)
    cast.sanne.refresh_from_db()
    assert cast.sanne.language == "en"
    assert b'lang="en"' in client.get("/mijn-account/").content


def test_the_next_on_this_device_keeps_the_own_language(
    client: Client, cast: Cast
) -> None:
    client.post("/taal/", {"language": "en"})
    sign_in(client, cast.sanne)
    client.post("/afmelden/")
    assert b'lang="nl"' in client.get("/aanmelden/").content
    sign_in(client, cast.willem)
    cast.willem.refresh_from_db()
    assert cast.willem.language == "nl"


@pytest.mark.parametrize("chosen", ["", "xx", "../nl", "ti"])
def test_another_language_is_not_offered(
    chosen: str, as_sanne: Client, cast: Cast
) -> None:
    as_sanne.post("/taal/", {"language": chosen})
    cast.sanne.refresh_from_db()
    assert cast.sanne.language == "nl"


@pytest.mark.parametrize(
    ("chosen", "browser", "said"),
    [
        ("nl", "en", "Deze pagina bestaat niet"),
        ("en", "nl", "This page does not exist"),
    ],
)
def test_a_page_that_does_not_exist_speaks_the_language_of_the_others(
    chosen: str, browser: str, said: str, as_sanne: Client
) -> None:
    as_sanne.post("/taal/", {"language": chosen})
    for address in ("/bestaat-niet/", "/deelnemers/999999/"):
        answer = as_sanne.get(address, headers={"accept-language": browser})
        assert answer.status_code == 404
        assert said in answer.content.decode()


def test_an_address_outside_the_table_is_shut_for_everybody(
    as_aad: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(DOORS, "accounts:staff")
    monkeypatch.setattr("trede.accounts.navigation.ENTRIES", ())
    assert as_aad.get("/medewerkers/").status_code == 404


def test_several_roles_reach_as_far_as_the_farthest(cast: Cast) -> None:
    door = Door("guidance", {})
    assert door.reach_of(cast.sanne.roles) is Reach.NOBODY
    reach = {role: Reach.OWN for role in cast.sanne.roles}
    reach |= {role: Reach.MUNICIPALITY for role in cast.greet.roles}
    both = cast.sanne.roles | cast.greet.roles
    assert Door("guidance", reach).reach_of(both) is Reach.MUNICIPALITY


def test_the_menu_offers_only_what_opens(as_sanne: Client, as_aad: Client) -> None:
    assert b'href="/medewerkers/"' in as_aad.get("/").content
    assert b'href="/medewerkers/"' not in as_sanne.get("/").content


def test_a_refusal_is_one_line_in_the_log_and_no_fault(
    as_sanne: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert as_sanne.get("/medewerkers/").status_code == 403
    [line] = [one for one in caplog.records if one.name == "django.request"]
    assert line.getMessage() == "Forbidden: /medewerkers/"
    assert line.exc_info is None


def test_a_nul_in_an_address_is_no_question(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.aad, live.AUTHENTICATION_BACKENDS[1])
    assert client.get("/logboek/?person=%00").status_code == 400
