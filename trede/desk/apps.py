from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "trede.desk"

    def ready(self) -> None:
        import_module("trede.desk.parts")
