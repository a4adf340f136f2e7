"""The letter for one's own telephone: its picture opens the page of the link."""

from typing import Any

import pytest

from tests.questionnaires.conftest import Desk
from tests.questionnaires.devices import signed_in
from tests.questionnaires.test_own_telephone import door_of, staff_page
from trede.documents.typesetting import qr_code, typeset
from trede.questionnaires import own_device_letter
from trede.questionnaires.models import Sitting


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_picture_in_the_letter_says_the_address_of_the_link(
    desk: Desk, sitting: Sitting, monkeypatch: pytest.MonkeyPatch, language: str
):
    Sitting.objects.update(language=language)
    laid_out: list[dict[str, Any]] = []

    def kept(template: str, data: dict[str, Any]) -> bytes:
        laid_out.append(data)
        return typeset(template, data)

    monkeypatch.setattr(own_device_letter, "typeset", kept)
    coach = signed_in(desk)
    made = coach.post(staff_page(sitting)).context["made"]
    letter = coach.post(staff_page(sitting) + "brief/", {"token": made.token})
    assert letter.content.startswith(b"%PDF")
    (data,) = laid_out
    address = "http://testserver" + door_of(made)
    sides = [data, *([data["dutch"]] if "dutch" in data else [])]
    assert len(sides) == (1 if language == "nl" else 2)
    for side in sides:
        assert side["page"]["qr"] == qr_code(address)
        assert side["page"]["address"] == address
