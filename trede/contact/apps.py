from importlib import import_module

from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "trede.contact"

    def ready(self) -> None:
        import_module("trede.contact.parts")
