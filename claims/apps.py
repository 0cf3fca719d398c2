from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What was said would happen, made judgeable and locked, and the evidence that bears on it."""

    name = "claims"
    verbose_name = "Claims"
