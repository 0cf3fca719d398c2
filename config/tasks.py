"""The heartbeat: proof that schedule, broker, worker and database are all alive."""

from celery import shared_task
from django.utils import timezone

from config.models import Heartbeat


@shared_task
def beat() -> None:
    """Notes that a worker answered just now."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})
