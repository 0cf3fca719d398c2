"""What the worker does for reviews. Each task looks in the database for what is to be done."""

from celery import shared_task

from reviews import services
from reviews.digests import due_digests


@shared_task
def open_due_checkpoints() -> None:
    """Opens the reviews of every checkpoint whose date has come."""
    services.open_due_checkpoints()


@shared_task
def reopen_what_moved() -> None:
    """Has judged again what leaned on evidence that moved since."""
    services.reopen_what_moved()


@shared_task
def return_expired_leases() -> None:
    """Opens the seats whose lease ran out."""
    while services.return_expired_leases():
        pass


@shared_task
def send_digests() -> None:
    """Mails what waits to everybody whose hour has come, at most once a period."""
    services.note_due_digests()
    for digest in due_digests():
        services.send_digest(digest=digest)
