"""The worker's sign of life."""

from django.db import models


class Heartbeat(models.Model):
    """When something last answered. One row a name."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"
