"""Publishers, claimants, documents and events."""

import hashlib
from datetime import UTC, date, datetime

import factory

from sources.models import Claimant, Document, Event, EventReport, Feed, Publisher, Quote

SAID = datetime(2023, 3, 21, 9, tzinfo=UTC)


class PublisherFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Publisher

    name = factory.Sequence(lambda n: f"Publisher {n}")
    domain = factory.Sequence(lambda n: f"publisher{n}.example")


class FeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Feed

    name = factory.Sequence(lambda n: f"Feed {n}")
    url = factory.Sequence(lambda n: f"https://publisher{n}.example/feed.xml")
    publisher = factory.SubFactory(PublisherFactory)


class ClaimantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Claimant

    name = factory.Sequence(lambda n: f"Claimant {n}")


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    origin = Document.Origin.PASTE
    title = factory.Sequence(lambda n: f"Commentary {n}")
    text = "Orlov argues that trade between the two ports is likely to grow in the coming years."
    language = "en"
    publisher = factory.SubFactory(PublisherFactory)
    published_at = SAID
    content_hash = factory.LazyAttribute(
        lambda document: hashlib.sha256(f"{document.title}\n{document.text}".encode()).hexdigest()
    )


class QuoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Quote

    document = factory.SubFactory(DocumentFactory)
    exact = "trade between the two ports is likely to grow in the coming years"
    start = factory.LazyAttribute(lambda quote: quote.document.text.index(quote.exact))
    end = factory.LazyAttribute(lambda quote: quote.start + len(quote.exact))


class EventFactory(factory.django.DjangoModelFactory):
    """An event with one report."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"The ports sign agreement {n}")
    summary = "Trade between the two ports grew."
    occurred_on = date(2024, 1, 12)
    first_reported_at = datetime(2024, 1, 12, 8, tzinfo=UTC)
    language = "en"

    @factory.post_generation
    def report(self, create: bool, extracted: Document | None, **kwargs: object) -> None:
        document = extracted or DocumentFactory(
            origin=Document.Origin.FILE,
            title=self.title,
            text=self.summary,
            published_at=self.first_reported_at,
        )
        EventReport.objects.create(event=self, document=document)
