"""Addresses of the reviews room; a claim's own page stands here, since it shows verdicts."""

from django.urls import include, path

from reviews.views import adjudications, claims, queue

judging = [
    path("<int:pk>/", queue.judge, name="judge"),
    path("<int:pk>/hand-back/", queue.hand_back, name="hand_back"),
]

urlpatterns = [
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("reviews/", queue.reviews, name="reviews"),
    path("reviews/next/", queue.reviews_next, name="reviews_next"),
    path("reviews/", include((judging, "reviews"))),
    path("adjudications/", adjudications.adjudications, name="adjudications"),
    path(
        "adjudications/<int:pk>/take/",
        adjudications.adjudication_take,
        name="adjudication_take",
    ),
]
