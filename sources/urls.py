"""Addresses of the sources room. The own pages of documents, events and publishers stand in claims."""

from django.urls import path

from sources.views import counts, event_imports, feed_acts, feed_lists, feeds, publishers

app_name = "sources"

urlpatterns = [
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/add/", feeds.feed_add, name="feed_add"),
    path("feeds/import/", feed_lists.import_feeds, name="feeds_import"),
    path("feeds/export/", feed_lists.export_feeds, name="feeds_export"),
    path("feeds/<int:pk>/", feeds.feed, name="feed"),
    path("feeds/<int:pk>/edit/", feeds.feed_edit, name="feed_edit"),
    path("feeds/<int:pk>/poll/", feed_acts.feed_poll, name="feed_poll"),
    path("feeds/<int:pk>/pause/", feed_acts.feed_pause, name="feed_pause"),
    path("feeds/<int:pk>/resume/", feed_acts.feed_resume, name="feed_resume"),
    path("feeds/<int:pk>/mute/", feed_acts.feed_mute, name="feed_mute"),
    path("feeds/<int:pk>/unmute/", feed_acts.feed_unmute, name="feed_unmute"),
    path("feeds/<int:pk>/delete/", feed_acts.feed_delete, name="feed_delete"),
    path("counts/", counts.counts, name="counts"),
    path("counts.csv", counts.counts_csv, name="counts_csv"),
    path("imports/", event_imports.event_imports, name="event_imports"),
    path("imports/<int:pk>/", event_imports.event_import, name="event_import"),
    path("imports/<int:pk>/start/", event_imports.event_import_start, name="event_import_start"),
    path("imports/<int:pk>/cancel/", event_imports.event_import_cancel, name="event_import_cancel"),
    path(
        "imports/<int:pk>/take-back/",
        event_imports.event_import_take_back,
        name="event_import_take_back",
    ),
    path(
        "imports/<int:pk>/problems/",
        event_imports.event_import_problems,
        name="event_import_problems",
    ),
    path("mappings/<int:pk>/forget/", event_imports.mapping_forget, name="mapping_forget"),
    path("publishers/", publishers.publishers, name="publishers"),
    path("publishers/remove/", publishers.publishers_remove, name="publishers_remove"),
    path("publishers/<int:pk>/remove/", publishers.publisher_remove, name="publisher_remove"),
]
