"""Addresses of the sources room. A document's and an event's own page stand in claims."""

from django.urls import path

from sources.views import event_imports, feeds, publishers

app_name = "sources"

urlpatterns = [
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/add/", feeds.feed_add, name="feed_add"),
    path("feeds/<int:pk>/poll/", feeds.feed_poll, name="feed_poll"),
    path("feeds/<int:pk>/toggle/", feeds.feed_toggle, name="feed_toggle"),
    path("imports/", event_imports.event_imports, name="event_imports"),
    path("imports/<int:pk>/", event_imports.event_import, name="event_import"),
    path("imports/<int:pk>/start/", event_imports.event_import_start, name="event_import_start"),
    path("imports/<int:pk>/cancel/", event_imports.event_import_cancel, name="event_import_cancel"),
    path(
        "imports/<int:pk>/problems/",
        event_imports.event_import_problems,
        name="event_import_problems",
    ),
    path("mappings/<int:pk>/forget/", event_imports.mapping_forget, name="mapping_forget"),
    path("publishers/", publishers.publishers, name="publishers"),
    path("publishers/<int:pk>/", publishers.publisher, name="publisher"),
    path("publishers/<int:pk>/grade/", publishers.publisher_grade, name="publisher_grade"),
]
