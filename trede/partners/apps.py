from importlib import import_module

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "trede.partners"

    def ready(self) -> None:
        import_module("trede.partners.parts")
