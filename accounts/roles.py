"""The roles of a desk. A person may hold several."""

from django.db import models


class Role(models.TextChoices):
    """What somebody is at the desk for."""

    ANALYST = "analyst"
    REVIEWER = "reviewer"
    LEAD = "lead"
    READER = "reader"
    ADMINISTRATOR = "administrator"
