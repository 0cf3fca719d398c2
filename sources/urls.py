"""Addresses of the sources room. A document's and an event's own page stand in claims."""

from django.urls import path

from sources.views import feeds, publishers

app_name = "sources"

urlpatterns = [
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/add/", feeds.feed_add, name="feed_add"),
    path("feeds/<int:pk>/", feeds.feed, name="feed"),
    path("feeds/<int:pk>/poll/", feeds.feed_poll, name="feed_poll"),
    path("publishers/", publishers.publishers, name="publishers"),
    path("publishers/<int:pk>/", publishers.publisher, name="publisher"),
    path("publishers/<int:pk>/grade/", publishers.publisher_grade, name="publisher_grade"),
]
