"""The page on which what is known about an article is set right."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from accounts.models import User
from claims.models import Claim
from claims.services import keep_claim, load_lexicons, propose_claims
from sources.models import Document, Publisher
from tests.factories.claims import RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, PublisherFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

KEPT = "Trade will probably grow by the end of next year."
LEFT = "Exports will probably recover by the end of next year."


@pytest.fixture(autouse=True)
def _lexicons() -> None:
    load_lexicons()


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


@pytest.fixture
def article(analyst: User) -> Document:
    """An article with one draft and one proposal."""
    document = DocumentFactory(
        title="Outlook",
        text=f"{KEPT}\n\n{LEFT}",
        author="Ada Desk",
        publisher=PublisherFactory(name="Harbour Daily"),
    )
    claims = {claim.quote.exact: claim for claim in propose_claims(document=document)}
    keep_claim(claim=claims[KEPT], by=analyst)
    return document


KNOWN = {
    "title": "Outlook",
    "author": "Ada Desk",
    "publisher": "Harbour Daily",
    "published_on": "2023-03-21",
}


def address(document: Document) -> str:
    return f"/documents/{document.pk}/correct/"


def test_form_holds_what_is_known(article: Document, browser: Client) -> None:
    form = browser.get(address(article)).context["form"]

    values = {name: form[name].value() for name in form.fields}
    assert values == KNOWN | {"published_on": date(2023, 3, 21)}


def test_correction_is_stored_and_the_rest_is_read_again(
    article: Document, browser: Client
) -> None:
    changes = {"author": "Vera Orlova", "publisher": "Quay Letter", "published_on": "2021-05-04"}

    response = browser.post(address(article), KNOWN | changes, follow=True)

    article.refresh_from_db()
    assert response.redirect_chain == [(article.get_absolute_url(), 302)]
    assert (article.author, str(article.publisher)) == ("Vera Orlova", "Quay Letter")
    assert article.published_at == datetime(2021, 5, 4, tzinfo=UTC)
    assert "Corrected. Read again: 1 claim proposed." in response.text
    claims = Claim.objects.order_by("quote__start").values_list("status", "speaker", "said_on")
    assert list(claims) == [
        ("draft", "Ada Desk", date(2023, 3, 21)),
        ("proposed", "Vera Orlova", date(2021, 5, 4)),
    ]


def test_page_names_the_drafts_that_were_left_behind(article: Document, browser: Client) -> None:
    draft = Claim.objects.get(status=Claim.Status.DRAFT)
    assert "still carry" not in browser.get(article.get_absolute_url()).text

    page = browser.post(address(article), KNOWN | {"author": "Vera Orlova"}, follow=True).text

    assert "These drafts still carry its earlier date or author" in page
    assert f'<a href="/claims/{draft.pk}/edit/">{KEPT}</a> (said 21 March 2023 by Ada Desk)' in page


def test_title_alone_leaves_the_proposals_alone(article: Document, browser: Client) -> None:
    before = set(Claim.objects.values_list("pk", flat=True))

    page = browser.post(address(article), KNOWN | {"title": "The outlook"}, follow=True).text

    assert "Corrected." in page
    assert "Read again" not in page
    assert "<h1>The outlook</h1>" in page
    assert set(Claim.objects.values_list("pk", flat=True)) == before


def test_title_that_makes_two_documents_equal_is_refused_in_words(
    article: Document, browser: Client
) -> None:
    browser.post("/intake/", {"text": article.text, "title": "Copy"})
    copy = Document.objects.get(title="Copy")
    publishers = Publisher.objects.count()

    response = browser.post(address(article), KNOWN | {"title": "Copy", "publisher": "New one"})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        f"Document {copy.pk} has this title and this text already: work on that one."
    ]
    assert 'value="New one"' in response.text
    assert Publisher.objects.count() == publishers
    article.refresh_from_db()
    assert article.title == "Outlook"


def test_wrong_date_is_refused_beside_its_field(article: Document, browser: Client) -> None:
    response = browser.post(address(article), KNOWN | {"published_on": "soon"})

    assert response.status_code == 422
    assert response.context["form"].errors == {"published_on": ["Enter a valid date."]}


def test_long_article_is_read_again_by_the_worker(analyst: User, browser: Client) -> None:
    text = "\n\n".join(f"Trade of port {n} will grow next year." for n in range(2000))
    article = DocumentFactory(text=text, author="Ada Desk", publisher=None)

    values = {"title": article.title, "author": "Vera Orlova", "published_on": "2023-03-21"}
    page = browser.post(address(article), values, follow=True).text

    assert "Corrected. Read again: This is a long text: the worker reads it now." in page
    assert not Claim.objects.exists()


def test_article_of_a_registered_claim_offers_no_correction(browser: Client) -> None:
    document = RegisteredClaimFactory().quote.document
    locked = "A claim of this text is registered, so what is known about the text is locked."

    assert address(document) not in browser.get(document.get_absolute_url()).text
    page = browser.get(address(document)).text
    assert locked in page
    assert 'name="author"' not in page
    response = browser.post(address(document), KNOWN)
    assert (response.status_code, locked in response.text) == (422, True)
    document.refresh_from_db()
    assert document.author == ""


def test_page_leads_to_the_correction_of_an_article_only(browser: Client) -> None:
    article, item = DocumentFactory(), DocumentFactory(origin="feed")

    assert address(article) in browser.get(article.get_absolute_url()).text
    assert address(item) not in browser.get(item.get_absolute_url()).text
    assert "came with a stream of news" in browser.get(address(item)).text


def test_reader_is_not_offered_the_correction(
    article: Document, reader: User, sign_in: SignIn
) -> None:
    browser = sign_in(reader)

    assert address(article) not in browser.get(article.get_absolute_url()).text
    assert browser.post(address(article), KNOWN).status_code == 403
