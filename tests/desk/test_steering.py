"""What a coordinator steers by, where there is more of it than anybody reads."""

import re
from html import unescape

import pytest

from tests.cast import Cast
from tests.desk.making import make_story, sign_in
from tests.trajectories.making import make_pilot

pytestmark = pytest.mark.django_db


def test_of_many_coaches_those_with_most_to_do_are_shown_and_all_on_demand(
    cast: Cast, monkeypatch
):
    monkeypatch.setattr("trede.desk.home_sections.COACHES", 1)
    make_story(cast, make_pilot(cast))
    client = sign_in(cast.greet)
    short = client.get("/").content.decode()
    assert "Willem" not in short
    assert "Van de 2 coaches hebben deze 1 het meeste te doen." in short
    (every,) = re.findall(r'href="([^"]*coaches=alle)"', short)
    whole = client.get(f"/{unescape(every)}").content.decode()
    assert ("Willem" in whole, "coaches=alle" in whole) == (True, False)
