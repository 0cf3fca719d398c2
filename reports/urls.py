"""Addresses of the reports room. Claimants bear plain names, for the rooms below link to them."""

from django.urls import include, path

from reports.views import claimants, publishing, reports

patterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/publish/", publishing.publish, name="publish"),
    path("reports/schedules/add/", publishing.schedule_add, name="schedule_add"),
    path("reports/schedules/<int:pk>/toggle/", publishing.schedule_toggle, name="schedule_toggle"),
    path("reports/<int:number>/", reports.report, name="report"),
    path("reports/<int:number>/claims.csv", reports.csv, name="csv"),
    path("reports/<int:number>/lexicons.csv", reports.lexicons, name="lexicons_csv"),
    path("reports/<int:number>/report.json", reports.json, name="json"),
]

urlpatterns = [
    path("", include((patterns, "reports"))),
    path("claimants/", claimants.claimants, name="claimants"),
    path("claimants/<int:pk>/", claimants.claimant, name="claimant"),
]
