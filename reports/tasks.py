"""What the worker does for the reports room."""

from celery import shared_task

from reports import services


@shared_task
def publish_due_reports() -> int:
    """Publishes every report whose day has come. Gives how many."""
    return len(services.publish_due_reports())
