from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Blind judging: who is asked, what they say, and the verdict that follows."""

    name = "reviews"
    verbose_name = "Reviews"
