from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Where text comes from: publishers, claimants, feeds, documents, and the events they report."""

    name = "sources"
    verbose_name = "Sources"
