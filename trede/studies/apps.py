from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "trede.studies"
