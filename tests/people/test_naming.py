"""Names on the screen: joined as people write them, shortened to two letters."""

import pytest

from trede.people.naming import initials, joined_name


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("Piet", "van den", "Berg"), "Piet van den Berg"),
        (("Samir", "al-", "Wahmin"), "Samir al-Wahmin"),
        (("Anna", "d'", "Arc"), "Anna d'Arc"),
        (("", "", "Soekarno"), "Soekarno"),
        (("Nadia", "", ""), "Nadia"),
    ],
)
def test_a_prefix_stands_where_people_write_it(parts, whole):
    assert joined_name(*parts) == whole


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Samir al-Wahmin", "SW"),
        ("Fatma El-Amrani", "FE"),
        ("Soekarno", "S"),
        ("xi wu", "xw"),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_family_name(name, letters):
    assert initials(name) == letters
