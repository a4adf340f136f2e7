"""A link in a letter opens once it should, for who it should, and tells no more."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot
from trede.contact import links
from trede.contact.links import TooManyWrong, end_link, make_link, open_link
from trede.contact.models import PersonalLink
from trede.contact.through_links import through_link


@pytest.fixture
def token(cast: Cast) -> str:
    return make_link(
        person=a_person(cast),
        pilot=a_pilot(cast),
        purpose="leave",
        days=30,
        by=cast.by("sanne"),
        at=AT,
    )


def test_a_link_opens_for_its_own_purpose_only(token):
    assert open_link(token=token, purpose="leave", at=AT) is not None
    assert open_link(token=token, purpose="plan", at=AT) is None


def test_a_link_is_over_on_its_day(token):
    last = AT + timedelta(days=30)
    assert open_link(token=token, purpose="leave", at=last - timedelta(seconds=1))
    assert open_link(token=token, purpose="leave", at=last) is None


def test_a_used_link_does_not_open_again(token, cast):
    link = PersonalLink.objects.get()
    end_link(link=link, by=cast.by("sanne"), at=AT)
    end_link(link=link, by=cast.by("sanne"), at=AT + timedelta(days=1))
    assert open_link(token=token, purpose="leave", at=AT) is None
    link.refresh_from_db()
    assert link.ended_at == AT


def test_the_database_does_not_hold_the_token(token):
    link = PersonalLink.objects.get()
    assert token not in str(PersonalLink.objects.values().get())
    assert len(link.digest) == 64


def test_guessing_is_stopped_and_shuts_nobody_else_out(token):
    for number in range(links.WRONG_AT_MOST):
        wrong = f"guess-{number}"
        assert not open_link(token=wrong, purpose="leave", at=AT, origin="10.0.0.1")
    with pytest.raises(TooManyWrong):
        open_link(token="one-more", purpose="leave", at=AT, origin="10.0.0.1")
    assert open_link(token=token, purpose="leave", at=AT, origin="10.0.0.1")
    later = AT + timedelta(hours=2)
    assert not open_link(token="one-more", purpose="leave", at=later, origin="10.0.0.1")


def test_the_page_of_a_dead_link_is_plain_and_says_whom_to_call(db):
    def view(request: object, link: object) -> HttpResponse:
        raise AssertionError("a dead link must not open a page")

    request = RequestFactory().get("/link/x/")
    request.at, request.htmx = AT, False
    request.user = None
    answer = through_link("leave")(view)(request, "x" * 40)
    assert answer.status_code == 410
    assert "tel:" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
