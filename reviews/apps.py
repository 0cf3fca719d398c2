from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Blind judging: who is asked, what they say, and the verdict that follows."""

    name = "reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        """Hands the rule of blindness down to the pages of claims."""
        from claims.blindness import hide_by  # noqa: PLC0415 - models are not loaded before
        from reviews.queries import claims_to_hide  # noqa: PLC0415

        hide_by(claims_to_hide)
