from importlib import import_module

from django.apps import AppConfig


class InflowConfig(AppConfig):
    name = "trede.inflow"

    def ready(self) -> None:
        import_module("trede.inflow.parts")
