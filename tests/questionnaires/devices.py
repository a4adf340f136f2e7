"""A device on which Sanne hands a questionnaire over, as a browser goes through it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client

from tests.questionnaires.conftest import Desk
from trede.questionnaires.models import Sitting

BACKEND = "django.contrib.auth.backends.ModelBackend"
PIN = "2580"


@dataclass
class Device:
    client: Client
    sitting: Sitting
    base: str = ""

    @property
    def staff_page(self) -> str:
        return f"/vragenlijst/zitting/{self.sitting.pk}/"

    def hand_over(self, pin: str = PIN) -> HttpResponse:
        answer = self.client.post(
            self.staff_page + "geven/", {"pin": pin, "again": pin}
        )
        self.base = answer.headers.get("Location", "")
        return answer

    def begin(self) -> str:
        """The address of the question one is on."""
        return self.client.post(self.base + "verder/").headers["Location"]

    def get(self, page: str = "") -> HttpResponse:
        return self.client.get(self.base + page)

    def post(self, page: str, **fields: str) -> HttpResponse:
        return self.client.post(self.base + page, fields)

    def answer(self, code: str, **fields: str) -> str:
        """Where one is led after sending a question's page."""
        answer = self.post(f"vraag/{code}/", **fields)
        return answer.headers.get("Location", "").removeprefix(self.base)

    def to_the_end(self) -> None:
        here = self.begin()
        while "/vraag/" in here:
            here = self.client.post(here, {"missing": "refused"}).headers["Location"]


def signed_in(desk: Desk, name: str = "sanne") -> Client:
    client = Client()
    client.force_login(getattr(desk.cast, name), BACKEND)
    return client
