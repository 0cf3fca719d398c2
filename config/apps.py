from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """What wires the rooms together, and the worker's sign of life."""

    name = "config"
    verbose_name = "Configuration"
