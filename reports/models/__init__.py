"""The models of the reports room, one file per noun."""

from reports.models.reports import Report, ReportedClaim
from reports.models.schedules import ReportSchedule

__all__ = ["Report", "ReportSchedule", "ReportedClaim"]
