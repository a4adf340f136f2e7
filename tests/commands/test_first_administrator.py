"""The first administrator of a municipality comes from the command line, once."""

import pytest

from trede.accounts.models import Municipality, Role, Staff
from trede.commands import entry

pytestmark = pytest.mark.django_db
ARGUMENTS = ["administrator", "Voorbeeldstad", "Ada Kuipers", "ada@example.org"]


def test_the_first_administrator_can_sign_in_with_the_password_told(capsys):
    assert entry.run(ARGUMENTS) == 0
    told = capsys.readouterr().out
    password = told.split("one-time password ")[1].split(".")[0]
    staff = Staff.objects.get(email="ada@example.org")
    assert staff.check_password(password)
    assert staff.roles == {Role.ADMINISTRATOR}
    assert not staff.fictitious


def test_a_second_one_is_employed_on_the_screen(capsys):
    entry.run(ARGUMENTS)
    assert entry.run(["administrator", "Voorbeeldstad", "Ben", "ben@example.org"]) == 1
    assert "has an administrator already" in capsys.readouterr().err
    assert Staff.objects.count() == Municipality.objects.count() == 1


def test_an_address_that_is_none_is_refused_in_words(capsys):
    assert entry.run(["administrator", "Voorbeeldstad", "Ada", "ada"]) == 1
    assert "ada is not an e-mail address" in capsys.readouterr().err
    assert not Municipality.objects.exists()
