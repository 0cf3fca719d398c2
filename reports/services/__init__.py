"""Writes of the reports room."""

from reports.services.errors import ReportProblem
from reports.services.reports import preview, publish_report, recompute
from reports.services.schedules import add_schedule, publish_due_reports, toggle_schedule

__all__ = [
    "ReportProblem",
    "add_schedule",
    "preview",
    "publish_due_reports",
    "publish_report",
    "recompute",
    "toggle_schedule",
]
