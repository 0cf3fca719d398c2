"""Intake, the document page, and deciding on proposals there."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.formats import date_format

from accounts.models import AuditEntry, User
from claims.models import Claim
from claims.services import load_lexicons
from sources.models import Document
from tests.factories.claims import ClaimFactory, RegisteredClaimFactory
from tests.factories.sources import DocumentFactory, QuoteFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

TEXT = "Orlov argues that trade between the two ports is likely to grow in the coming years."
ONE_SOURCE = "Paste a text, choose a file or give an address: one of them."
ARTICLE_TWICE = "Freight between Omar and Tessel will very likely exceed 30 million tonnes in 2027."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(analyst: User, sign_in: SignIn) -> Client:
    return sign_in(analyst)


@pytest.fixture
def _lexicons() -> None:
    load_lexicons()


def upload(data: bytes, name: str = "article.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.usefixtures("_lexicons")
def test_pasted_text_becomes_a_document_with_proposals(browser: Client, analyst: User) -> None:
    known = {
        "title": "On ports",
        "author": "Desk",
        "publisher": "Port Review",
        "published_on": "2023-03-21",
        "url": "https://review.example/ports",
    }

    response = browser.post("/intake/", {"text": TEXT, **known}, follow=True)

    document = Document.objects.get()
    assert response.redirect_chain == [(document.get_absolute_url(), 302)]
    assert (document.title, document.author, document.url) == (
        "On ports",
        "Desk",
        "https://review.example/ports",
    )
    assert document.publisher is not None
    assert (document.publisher.name, document.origin) == ("Port Review", "paste")
    assert (document.captured_by, document.text) == (analyst, TEXT)
    claim = Claim.objects.get()
    assert (claim.said_on, claim.speaker) == (date(2023, 3, 21), "Orlov")
    assert "1 claim proposed." in response.content.decode()


@pytest.mark.usefixtures("_lexicons")
def test_uploaded_file_becomes_a_document(browser: Client) -> None:
    browser.post("/intake/", {"file": upload(TEXT.encode())})

    assert Document.objects.get().origin == "upload"
    assert Claim.objects.count() == 1


@pytest.mark.usefixtures("_lexicons")
def test_same_text_again_shows_what_stands(browser: Client) -> None:
    for _ in range(2):
        browser.post("/intake/", {"text": TEXT})

    assert (Document.objects.count(), Claim.objects.count()) == (1, 1)


@pytest.mark.parametrize("values", [{}, {"text": " \n"}, {"text": TEXT, "file": "both"}])
def test_intake_takes_one_of_text_and_file(values: dict[str, object], browser: Client) -> None:
    if "file" in values:
        values = values | {"file": upload(TEXT.encode())}

    response = browser.post("/intake/", values)

    assert response.status_code == 422
    assert ONE_SOURCE in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        (b" \n", "file", "article.txt is empty."),
        (b"\x1f\x8b\x08", "file", "article.txt is a gzip archive: unpack it first."),
        (b"", "file", "The submitted file is empty."),
    ],
)
def test_unreadable_file_is_refused_beside_its_field(
    data: bytes, field: str, words: str, browser: Client
) -> None:
    response = browser.post("/intake/", {"file": upload(data)})

    assert response.status_code == 422
    assert response.context["form"].errors[field] == [words]
    assert words in response.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["published_on", "url"])
def test_intake_keeps_what_was_written_where_a_value_is_wrong(name: str, browser: Client) -> None:
    response = browser.post("/intake/", {"text": TEXT, name: "not a value"})

    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert TEXT in response.content.decode()


def test_documents_show_how_many_claims_stand(browser: Client) -> None:
    quote = QuoteFactory()
    ClaimFactory(quote=quote)

    page = browser.get("/documents/").content.decode()

    assert quote.document.title in page
    assert 'data-label="Kept" class="num">1<' in page


def test_empty_list_of_documents_leads_to_intake(browser: Client) -> None:
    assert "No documents yet" in browser.get("/documents/").content.decode()


def test_document_page_marks_quotes_and_shows_their_cards(browser: Client) -> None:
    document = DocumentFactory(text=f"{TEXT}\nNothing else.", title="<b>Ports</b>")
    claim = ClaimFactory(quote=QuoteFactory(document=document), status=Claim.Status.PROPOSED)

    page = browser.get(document.get_absolute_url()).content.decode()

    assert f'id="q1">{claim.quote.exact}<a class="ref" href="#c{claim.pk}"' in page
    assert f'id="c{claim.pk}"' in page
    assert "0 of 1 decided" in page
    assert "&lt;b&gt;Ports" in page
    assert "<b>Ports" not in page


def test_reader_sees_no_buttons_on_a_document(reader: User, sign_in: SignIn) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED)

    page = sign_in(reader).get(claim.quote.document.get_absolute_url()).content.decode()

    assert f"/claims/{claim.pk}/keep/" not in page
    assert "A claim by hand" not in page


def test_unknown_document_is_not_found(browser: Client) -> None:
    assert browser.get("/documents/999999/").status_code == 404


@pytest.mark.parametrize(("press", "status"), [("keep", "draft"), ("drop", "dropped")])
def test_plain_press_decides_and_goes_back_to_the_place(
    press: str, status: str, browser: Client
) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED)

    response = browser.post(f"/claims/{claim.pk}/{press}/")

    claim.refresh_from_db()
    assert claim.status == status
    assert response.url == f"{claim.quote.document.get_absolute_url()}#c{claim.pk}"


@pytest.mark.parametrize(
    ("press", "shown"), [("keep", "Make it judgeable"), ("drop", "Take it back")]
)
def test_htmx_press_decides_and_gives_the_card_alone(
    press: str, shown: str, browser: Client
) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED)

    response = browser.post(f"/claims/{claim.pk}/{press}/", {"number": "7"}, headers=HTMX)

    page = response.content.decode()
    assert page.strip().startswith("<article")
    assert shown in page
    assert 'href="#q7"' in page


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 5000])
def test_press_with_a_senseless_number_still_decides(number: str, browser: Client) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED)

    response = browser.post(f"/claims/{claim.pk}/keep/", {"number": number}, headers=HTMX)

    assert response.status_code == 200
    assert 'href="#q' not in response.content.decode()


@pytest.mark.parametrize("press", ["keep", "drop"])
def test_registered_claim_is_not_decided_on(press: str, browser: Client) -> None:
    claim = RegisteredClaimFactory()

    response = browser.post(f"/claims/{claim.pk}/{press}/", follow=True)

    assert "This claim is registered, so its words" in response.content.decode()
    claim.refresh_from_db()
    assert claim.status == "registered"


def test_claim_by_hand_leads_to_its_form(browser: Client, analyst: User) -> None:
    document = DocumentFactory(text=TEXT)

    response = browser.post(f"/documents/{document.pk}/quote/", {"exact": "trade between"})

    claim = Claim.objects.get()
    assert response.url == f"/claims/{claim.pk}/edit/"
    assert (claim.quote.exact, claim.created_by) == ("trade between", analyst)


def test_words_copied_over_a_line_end_of_the_browser_are_found(browser: Client) -> None:
    document = DocumentFactory(text="Trade grows\nand grows.")

    browser.post(f"/documents/{document.pk}/quote/", {"exact": "grows\r\nand"})

    assert Claim.objects.get().quote.exact == "grows\nand"


def test_words_that_do_not_stand_there_are_refused(browser: Client) -> None:
    document = DocumentFactory(text=TEXT)

    response = browser.post(f"/documents/{document.pk}/quote/", {"exact": "trade falls"})

    assert response.status_code == 422
    assert "These words do not stand in the document." in response.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.usefixtures("_lexicons")
def test_a_book_is_left_to_the_worker(browser: Client) -> None:
    text = "\n\n".join(f"Trade of port {n} will grow next year." for n in range(2000))

    page = browser.post("/intake/", {"text": text}, follow=True)

    assert "the worker reads it now" in page.text
    assert not Claim.objects.exists()


@pytest.mark.usefixtures("_lexicons")
def test_a_sentence_that_stands_twice_makes_its_claim_once(browser: Client) -> None:
    browser.post("/intake/", {"text": "Trade of the two ports will grow next year.\n\n" * 3})

    assert Claim.objects.count() == 1


def test_the_rest_of_a_text_is_dropped_at_once(browser: Client) -> None:
    kept = ClaimFactory()
    ClaimFactory.create_batch(2, quote=kept.quote, status=Claim.Status.PROPOSED)
    elsewhere = ClaimFactory(status=Claim.Status.PROPOSED)
    document = kept.quote.document

    page = browser.post(f"/documents/{document.pk}/drop/", follow=True)

    assert "2 proposals dropped. Each can be taken back." in page.text
    assert "Drop the rest" not in page.text
    statuses = Claim.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["draft", "dropped", "dropped", "proposed"]
    assert AuditEntry.objects.filter(verb="dropped").count() == 2
    assert "Drop the rest" in browser.get(elsewhere.quote.document.get_absolute_url()).text


def test_htmx_press_counts_anew_how_many_are_decided(browser: Client) -> None:
    claim = ClaimFactory(status=Claim.Status.PROPOSED)
    ClaimFactory.create_batch(2, quote=claim.quote, status=Claim.Status.PROPOSED)

    page = browser.post(f"/claims/{claim.pk}/keep/", headers=HTMX).text

    assert 'id="decided" hx-swap-oob="true"' in page
    assert "1 of 3 decided" in page
    assert "hx-swap-oob" not in browser.get(claim.quote.document.get_absolute_url()).text


def test_coming_back_shows_what_was_decided_and_leads_to_what_is_left(browser: Client) -> None:
    document = DocumentFactory(text=TEXT)
    kept, dropped, left, last = (
        ClaimFactory(
            quote=QuoteFactory(document=document, exact=words), status=Claim.Status.PROPOSED
        )
        for words in ("Orlov argues", "trade between", "two ports", "coming years")
    )
    browser.post(f"/claims/{kept.pk}/keep/", headers=HTMX)
    browser.post(f"/claims/{dropped.pk}/drop/", headers=HTMX)

    address = document.get_absolute_url()
    page, listed = browser.get(address).text, browser.get("/documents/").text

    assert "2 of 4 decided" in page
    assert f'<article class="card compact is-kept" id="c{kept.pk}"' in page
    assert f'<article class="card compact is-dropped" id="c{dropped.pk}"' in page
    for claim in (left, last):
        assert f'<article class="card compact" id="c{claim.pk}"' in page
    assert f'class="num"><a href="{address}#c{left.pk}">2</a>' in listed


def test_cards_stand_in_the_order_of_the_text_and_marks_name_theirs(browser: Client) -> None:
    document = DocumentFactory(text=f"{TEXT}\nThe ports are old.")
    later, inner, outer = (
        ClaimFactory(quote=QuoteFactory(document=document, exact=words))
        for words in ("ports are", "two ports", "between the two ports")
    )

    page = browser.get(document.get_absolute_url()).text

    assert re.findall(r'<article [^>]*id="(c\d+)"', page) == [
        f"c{one.pk}" for one in (outer, inner, later)
    ]
    assert re.findall(r'<mark data-claims="([^"]*)"[^>]*>([^<]*)', page) == [
        (f"c{outer.pk}", "between the "),
        (f"c{outer.pk} c{inner.pk}", "two ports"),
        (f"c{later.pk}", "ports are"),
    ]


@pytest.mark.parametrize("address", ["/intake/", "/documents/{0}/correct/", "/claims/{1}/edit/"])
def test_form_warns_of_unsaved_typing_at_once_where_it_came_back(
    address: str, browser: Client
) -> None:
    claim = ClaimFactory()
    address = address.format(claim.quote.document_id, claim.pk)

    assert re.search(r"<form [^>]*data-unsaved>", browser.get(address).text)
    response = browser.post(address, {"published_on": "soon", "said_on": "soon"})
    assert response.status_code == 422
    assert re.search(r'<form [^>]*data-unsaved="changed">', response.text)


def test_file_field_says_how_large_a_file_may_be(browser: Client) -> None:
    assert f'data-max-bytes="{20 * 2**20}"' in browser.get("/intake/").text


def test_words_that_stand_in_another_article_are_pointed_at(browser: Client) -> None:
    load_lexicons()
    first = DocumentFactory(title="The <b>first</b>", text=ARTICLE_TWICE)
    DocumentFactory(origin="feed", text=ARTICLE_TWICE)

    response = browser.post("/intake/", {"text": ARTICLE_TWICE, "title": "Again"}, follow=True)

    told = [str(one) for one in response.context["messages"]]
    assert told[-1] == (
        f"Just these words stand in <a href='/documents/{first.pk}/'>The &lt;b&gt;first&lt;/b&gt;</a> "
        f"too, captured on {date_format(first.captured_at, 'j F Y')}. If it is one article, drop the "
        "proposals here."
    )
    assert len([one for one in told if one.startswith("Just these words")]) == 1
