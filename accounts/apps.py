from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, their roles, and the record of who did what."""

    name = "accounts"
    verbose_name = "Accounts"
