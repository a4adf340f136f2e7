"""Where one is, as the menu says it."""

import pytest

from tests.cast import Cast
from trede.accounts.navigation import menu


@pytest.mark.parametrize(
    ("path", "behind"),
    [
        ("/", "/"),
        ("/deelnemers/12/", "/deelnemers/"),
        ("/personen/12/notities/", "/deelnemers/"),
        ("/contact/persoon/12/", "/deelnemers/"),
        ("/traject/3/pauze/", "/deelnemers/"),
        ("/partners/van/12/", "/deelnemers/"),
        ("/partners/12/", "/partners/"),
        ("/contact/agenda/", None),
    ],
)
def test_a_page_of_a_person_stands_behind_the_list_of_people(
    path: str, behind: str | None, cast: Cast
) -> None:
    here = [one["url"] for one in menu(cast.sanne, path) if one["current"]]
    assert here == [behind] * (behind is not None)
