from importlib import import_module

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "trede.questionnaires"

    def ready(self) -> None:
        import_module("trede.questionnaires.parts")
