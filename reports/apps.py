from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """How accurate each source has been, with honest uncertainty, frozen when published."""

    name = "reports"
    verbose_name = "Reports"
