"""When reports publish themselves."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    """Reads of schedules."""

    def due(self, *, on: date | None = None) -> "ReportScheduleQuerySet":
        """Active schedules whose day has come."""
        return self.filter(is_active=True, next_on__lte=on or timezone.localdate())


class ReportSchedule(models.Model):
    """A report that the worker publishes again and again for the period just ended."""

    class Every(models.TextChoices):
        WEEK = "week"
        MONTH = "month"
        QUARTER = "quarter"

    title = models.CharField(max_length=200)
    every = models.CharField(max_length=8, choices=Every)
    next_on = models.DateField(help_text="The day it is published; the period ends the day before.")
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReportScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["next_on"]

    def __str__(self) -> str:
        return f"{self.title}, every {self.every}"
