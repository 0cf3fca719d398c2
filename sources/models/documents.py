"""Text captured at one moment, and the exact words taken out of it."""

from hashlib import md5

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Length, Now
from django.urls import reverse

from sources.models.feeds import Feed
from sources.models.publishers import Publisher
from sources.retractions import HEAD


class DocumentQuerySet(models.QuerySet["Document"]):
    """Reads of documents."""

    def with_the_text_of(self, document: "Document") -> "DocumentQuerySet":
        """Other articles with just the same text, the first one first."""
        digest = md5(document.text.encode(), usedforsecurity=False).hexdigest()
        same = self.articles().alias(digest=MD5("text")).filter(digest=digest)
        return same.exclude(pk=document.pk).defer("text").order_by("pk")

    def articles(self) -> "DocumentQuerySet":
        """Texts that somebody brought in to find claims in, not items of a stream."""
        return self.filter(origin__in=Document.ARTICLE_ORIGINS)

    def versions_of(self, document: "Document") -> "DocumentQuerySet":
        """All that was captured from a document's address, oldest first; the document alone without one."""
        same = Q(url_key=document.url_key) if document.url_key else Q(pk=document.pk)
        return self.filter(same).order_by("pk")

    def retracting(self) -> "DocumentQuerySet":
        """Items whose titles say that they take a story back or correct it."""
        return self.filter(title__iregex=HEAD)

    def with_versions(self) -> "DocumentQuerySet":
        """Documents with what their own pages say of them: who, and the versions around them."""
        return self.select_related("publisher", "captured_by", "previous", "next_version").defer(
            "previous__text", "next_version__text"
        )


class Document(models.Model):
    """Text captured at one moment: immutable, hashed. A changed page is a new version in its chain.

    What an article says about itself (title, author, publisher, date) may be corrected; a trigger
    holds everything else, and all of what a stream brought.
    """

    class Origin(models.TextChoices):
        PASTE = "paste", "pasted"
        UPLOAD = "upload", "uploaded"
        PAGE = "page", "fetched page"
        FEED = "feed", "feed"
        FILE = "file", "event file"
        HAND = "hand", "entered by hand"
        PUSH = "push", "pushed by a script"
        EXCERPT = "excerpt", "excerpts of an imported table"
        CAPTURE = "capture", "page as it was found again"

    ARTICLE_ORIGINS = (Origin.PASTE, Origin.UPLOAD, Origin.PAGE)
    ARRIVING_ORIGINS = (Origin.FEED, Origin.FILE, Origin.HAND, Origin.PUSH)
    # What we read from the web ourselves.
    FETCHED_ORIGINS = (Origin.PAGE, Origin.CAPTURE)
    # What arrives by itself, and may be pruned when nothing leans on it.
    STREAM_ORIGINS = (Origin.FEED, Origin.FILE, Origin.PUSH)

    origin = models.CharField(max_length=8, choices=Origin)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    author = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=16, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    asked_url = models.CharField(
        max_length=2000,
        blank=True,
        help_text="The address it was asked for, where it led elsewhere.",
    )
    url_key = models.CharField(
        max_length=2000,
        blank=True,
        help_text="The address in canonical form, one for all versions.",
    )
    headers = models.JSONField(
        default=dict, blank=True, help_text="What the server said with it, as far as it is kept."
    )
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of title and text, hex.")
    captured_hash = models.CharField(
        max_length=64, blank=True, help_text="The content hash before the title was corrected."
    )
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, null=True, related_name="documents", db_index=False
    )
    feed = models.ForeignKey(
        Feed, on_delete=models.PROTECT, null=True, related_name="documents", db_index=False
    )
    published_at = models.DateTimeField(null=True)
    captured_at = models.DateTimeField(db_default=Now())
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="next_version"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            # The same words from the same address are one document.
            models.UniqueConstraint(name="document_once", fields=["content_hash", "url_key"]),
            models.CheckConstraint(
                name="document_not_empty", condition=~models.Q(title="", text="")
            ),
            models.CheckConstraint(
                name="document_hash_sha256",
                condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="document_not_its_own_version",
                condition=models.Q(previous__isnull=True) | ~models.Q(previous=models.F("id")),
            ),
        ]
        indexes = [
            # The newest of a feed; it also serves the key.
            models.Index(
                name="document_of_feed",
                fields=["feed", "-id"],
                condition=models.Q(feed__isnull=False),
            ),
            # How many a publisher has, and the last; it also serves the key.
            models.Index(name="document_of_publisher", fields=["publisher", "captured_at"]),
            models.Index(name="document_url", fields=["url_key"], condition=~models.Q(url_key="")),
            models.Index(
                MD5("text"),
                name="document_article_text",
                condition=models.Q(origin__in=["paste", "upload", "page"]),
            ),
            # Imported rows name articles by their titles, which may be longer than an index holds.
            models.Index(
                MD5("title"),
                name="document_article_title",
                condition=models.Q(origin__in=["paste", "upload", "page"]),
            ),
            models.Index(
                name="document_captured_hash",
                fields=["captured_hash"],
                condition=~models.Q(captured_hash=""),
            ),
            # The few items that take another story back or correct it.
            models.Index(
                name="document_retraction", fields=["id"], condition=Q(title__iregex=HEAD)
            ),
            models.Index(
                name="document_captured",
                fields=["captured_at"],
                condition=Q(origin__in=["feed", "file", "push"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])


class Quote(models.Model):
    """The exact words in a document: W3C Web Annotation text quote and position selectors.

    `start` and `end` count characters of the document's text. A trigger holds that the words stand
    there.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="quotes")
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "start"]
        # Whether words were quoted before, however long they are.
        indexes = [models.Index(MD5("exact"), name="quote_words")]
        constraints = [
            models.UniqueConstraint(name="quote_once", fields=["document", "start", "end"]),
            models.CheckConstraint(
                name="quote_span_is_its_length",
                condition=models.Q(end=models.F("start") + Length("exact"))
                & models.Q(end__gt=models.F("start")),
            ),
        ]

    def __str__(self) -> str:
        return self.exact
