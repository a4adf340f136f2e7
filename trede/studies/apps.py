from importlib import import_module

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "trede.studies"

    def ready(self) -> None:
        import_module("trede.studies.parts")
