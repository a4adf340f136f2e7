from django.apps import AppConfig


class InflowConfig(AppConfig):
    name = "trede.inflow"
