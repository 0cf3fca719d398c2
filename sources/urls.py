"""Addresses of the sources room. The own pages of documents, events and publishers stand in claims."""

from django.urls import path

from sources.views import feeds, publishers

app_name = "sources"

urlpatterns = [
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/add/", feeds.feed_add, name="feed_add"),
    path("feeds/<int:pk>/poll/", feeds.feed_poll, name="feed_poll"),
    path("feeds/<int:pk>/toggle/", feeds.feed_toggle, name="feed_toggle"),
    path("publishers/", publishers.publishers, name="publishers"),
]
