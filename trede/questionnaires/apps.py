from importlib import import_module

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate
from django.utils import timezone


class QuestionnairesConfig(AppConfig):
    name = "trede.questionnaires"

    def ready(self) -> None:
        import_module("trede.questionnaires.parts")
        post_migrate.connect(take_in_newer_words, sender=self)


def take_in_newer_words(using: str, **_more: object) -> None:
    """As soon as the database is up to date: after `trede run` of a new Trede, what was
    stored before has its better words. Not half-way, or on the way back."""
    loader = MigrationLoader(connections[using])
    last = loader.graph.leaf_nodes("questionnaires")
    if all(migration in loader.applied_migrations for migration in last):
        publishing = import_module("trede.questionnaires.publishing")
        publishing.take_in_newer_words(at=timezone.now())
