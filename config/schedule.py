"""When the worker looks for what is to be done.

Each sweep finds by itself whatever is waiting in the database, so a lost message costs only delay.
A message nobody took in time expires: the next one does the same.
"""

from typing import Any


def every(task: str, seconds: float) -> dict[str, Any]:
    """A schedule entry that runs `task` each so many seconds."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds * 3, 15)}}


SCHEDULE = {
    "heartbeat": every("config.tasks.beat", 10),
    "extract": every("claims.tasks.extract_waiting_documents", 5),
    "model": every("claims.tasks.ask_language_model", 15),
    "match": every("claims.tasks.match_waiting_events", 5),
    "learning": every("claims.tasks.learn", 600),
    "imports": every("claims.tasks.run_waiting_imports", 5),
    "event_imports": every("sources.tasks.run_waiting_event_imports", 5),
    "take_backs": every("claims.tasks.take_back_event_imports", 5),
    "feeds": every("sources.tasks.poll_due_feeds", 15),
    "pages": every("sources.tasks.check_due_pages", 20),
    "retractions": every("sources.tasks.lay_retractions", 60),
    "notices": every("claims.tasks.tell_of_notices", 15),
    "watches": every("claims.tasks.watch_leaned_on_pages", 600),
    "pruning": every("claims.tasks.prune_old_documents", 3600),
    "fingerprints": every("sources.tasks.forget_fingerprints", 600),
    "checkpoints": every("reviews.tasks.open_due_checkpoints", 30),
    "leases": every("reviews.tasks.return_expired_leases", 30),
    "digests": every("reviews.tasks.send_digests", 60),
    "reopening": every("reviews.tasks.reopen_what_moved", 60),
    "reports": every("reports.tasks.publish_due_reports", 60),
}
