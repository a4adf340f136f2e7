from importlib import import_module

from django.apps import AppConfig


class TrajectoriesConfig(AppConfig):
    name = "trede.trajectories"

    def ready(self) -> None:
        import_module("trede.trajectories.parts")
