from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "trede.audit"
    verbose_name = "Audit trail"
