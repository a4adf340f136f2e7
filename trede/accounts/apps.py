from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "trede.accounts"
    verbose_name = "Accounts"
