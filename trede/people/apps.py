from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "trede.people"

    def ready(self) -> None:
        import_module("trede.people.parts")
