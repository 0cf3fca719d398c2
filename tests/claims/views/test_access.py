"""Who may see and do what in this room, and pages that run under a strict content policy."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from accounts.models import User
from claims.models import Claim, ClaimNotice
from claims.services import accept_evidence, drop_claim, make_house_lexicon, save_view
from claims.urls import urlpatterns
from sources.models import Regathering
from sources.services import mark_document, merge_events
from tests.claims.imports import ROW, checked
from tests.factories.claims import (
    ClaimFactory,
    EvidenceFactory,
    LexiconEntryFactory,
    LexiconFactory,
    RegisteredClaimFactory,
)
from tests.factories.sources import DocumentFactory, EventFactory, PublisherFactory

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]

READ = [
    *("documents", "document", "document_progress", "claims", "claims_export", "events", "event"),
    *("lexicons", "lexicon", "document_compare", "claims_compare"),
]
WRITE = [
    *("intake", "document_correct", "claim_edit", "inbox", "event_add", "import_events"),
    *("readings", "impute", "changes", "learning", "event_edit"),
    "evidence_passages",
    "claim_words",
    *("claim_imports", "import_claims", "claim_import", "import_problems", "import_empty"),
]
# Files, not pages.
FILES = ["evidence_passages", "claims_export", "import_problems", "import_empty"]
PRESS = [
    *("document_drop", "quote_claim", "claim_keep", "claim_drop", "claim_register", "claim_amend"),
    *("claim_withdraw", "evidence_accept", "evidence_reject", "evidence_undo", "event_link"),
    *("evidence_accept_several", "evidence_reject_several", "evidence_undo_last"),
    *("event_merge", "event_keep_apart", "event_split", "event_undo_merge", "event_take_back"),
    *("import_store", "import_cancel", "change_seen"),
    *("claims_bulk", "claim_duplicate", "claim_comment", "claim_hand_over"),
    *("claim_words_preview", "evidence_ratio"),
]
# Everybody who reads the list keeps views of it, each for themselves.
READ_PRESS = ["saved_view_save"]
OWN_PRESS = ["saved_view_remove"]
# Whoever manages sources: analysts, leads and administrators.
SOURCES = ["publisher"]
SOURCES_PRESS = [
    *("document_mark", "event_mark", "notice_take_back"),
    *("publisher_grade", "publisher_edit", "publisher_merge", "publisher_part"),
]
MANAGE = ["lexicon_house", "lexicon_edit"]
MANAGE_PRESS = ["lexicon_activate"]
PRESSED = {*PRESS, *MANAGE_PRESS, *READ_PRESS, *OWN_PRESS, *SOURCES_PRESS}
NAMES = {*READ, *WRITE, *MANAGE, *SOURCES, *PRESSED}


@pytest.fixture
def addresses(analyst: User) -> dict[str, str]:
    """The address of every page of the room, with something to show on each."""
    evidence = EvidenceFactory()
    accept_evidence(evidence=EvidenceFactory(), stance=1, by=analyst)
    draft = ClaimFactory(kind=Claim.Kind.CONDITIONAL, condition="As long as the ports stay open")
    for status in (Claim.Status.PROPOSED, Claim.Status.DROPPED):
        ClaimFactory(quote=draft.quote, status=status)
    numbers = {
        "document": draft.quote.document_id,
        "document_progress": draft.quote.document_id,
        "document_correct": draft.quote.document_id,
        "quote_claim": draft.quote.document_id,
        "document_drop": draft.quote.document_id,
        "event": evidence.event_id,
    }
    of_events = ("link", "merge", "keep_apart", "split", "edit", "take_back")
    numbers |= dict.fromkeys([f"event_{one}" for one in of_events], evidence.event_id)
    merge_events(event=EventFactory(), into=evidence.event, by=analyst)
    numbers["event_undo_merge"] = Regathering.objects.get().pk
    numbers |= dict.fromkeys(
        [f"evidence_{one}" for one in ("accept", "reject", "undo", "passages", "ratio")],
        evidence.pk,
    )
    numbers |= dict.fromkeys([name for name in PRESS if name.startswith("claim_")], draft.pk)
    numbers["claim_edit"] = numbers["claim_words"] = draft.pk
    numbers["lexicon"] = LexiconEntryFactory().lexicon_id
    house = make_house_lexicon(base=LexiconFactory(), name="Our desk", by=analyst)
    numbers |= dict.fromkeys((*MANAGE, *MANAGE_PRESS), house.pk)
    imports = ("claim_import", "import_problems", "import_store", "import_cancel")
    numbers |= dict.fromkeys(imports, checked([ROW], by=analyst).pk)
    view = save_view(name="Of the analyst", query="kind=event", by=analyst)
    numbers["saved_view_remove"] = view.pk
    numbers |= dict.fromkeys([*SOURCES, *SOURCES_PRESS[3:]], PublisherFactory().pk)
    older = DocumentFactory(url_key="harbour.example/a")
    newer = DocumentFactory(url_key="harbour.example/a", previous=older)
    notice = mark_document(document=newer, kind="retracted", words="It was wrong.", by=analyst)
    numbers |= {"document_mark": newer.pk, "event_mark": evidence.event_id}
    numbers["notice_take_back"] = notice.pk
    told = ClaimNotice.objects.create(claim=evidence.claim, notice=notice)
    numbers["change_seen"] = told.pk
    numbers["impute"] = ClaimFactory(probability_low=None, probability_high=None).pk
    versions = {"document_compare": reverse("document_compare", args=[older.pk, newer.pk])}
    return versions | {
        name: reverse(name, args=[numbers[name]] if name in numbers else [])
        for name in NAMES - versions.keys()
    }


def test_every_address_of_the_room_is_asked_here() -> None:
    names = {one.name for one in urlpatterns if isinstance(one, URLPattern)}

    assert names == NAMES


def kind_of(name: str) -> str:
    """Whether an address is a page or pressed."""
    return "press" if name in PRESSED else "page"


def answer(browser: Client, name: str, addresses: dict[str, str]) -> int:
    ask = browser.post if kind_of(name) == "press" else browser.get
    return ask(addresses[name]).status_code


@pytest.mark.parametrize("who", ["analyst", "colleague"])
@pytest.mark.parametrize("name", READ + WRITE + PRESS)
def test_analysts_may_use_it(
    name: str, who: str, addresses: dict[str, str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    status = answer(sign_in(request.getfixturevalue(who)), name, addresses)

    # A press without its values is answered, not forbidden.
    # A part of a page leads to the page where it is asked for by itself.
    assert status in ({200, 302, 422} if name in [*PRESS, "evidence_passages"] else {200})


@pytest.mark.parametrize("who", ["reader", "reviewer", "lead", "administrator"])
@pytest.mark.parametrize("name", READ)
def test_ledger_may_be_read_by_every_role(
    name: str, who: str, addresses: dict[str, str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert answer(sign_in(request.getfixturevalue(who)), name, addresses) == 200


@pytest.mark.parametrize("who", ["reader", "reviewer", "lead", "administrator", "stranger"])
@pytest.mark.parametrize("name", WRITE + PRESS)
def test_writing_is_refused_to_everybody_else(
    name: str, who: str, addresses: dict[str, str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert answer(sign_in(request.getfixturevalue(who)), name, addresses) == 403


@pytest.mark.parametrize("who", ["analyst", "lead", "administrator"])
@pytest.mark.parametrize("name", SOURCES + SOURCES_PRESS)
def test_sources_are_managed_by_their_roles(
    name: str, who: str, addresses: dict[str, str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert answer(sign_in(request.getfixturevalue(who)), name, addresses) in {200, 302, 422}


@pytest.mark.parametrize("who", ["reader", "reviewer", "stranger"])
@pytest.mark.parametrize("name", SOURCES + SOURCES_PRESS)
def test_sources_are_managed_by_nobody_else(
    name: str, who: str, addresses: dict[str, str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert answer(sign_in(request.getfixturevalue(who)), name, addresses) == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [("analyst", 302), ("reader", 302), ("reviewer", 302), ("stranger", 403)],
)
def test_whoever_reads_the_list_keeps_views_of_it(
    who: str,
    status: int,
    addresses: dict[str, str],
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    browser = sign_in(request.getfixturevalue(who))

    assert answer(browser, "saved_view_save", addresses) == status


@pytest.mark.parametrize(
    ("who", "status"), [("analyst", 302), ("colleague", 404), ("lead", 404), ("stranger", 403)]
)
def test_a_view_is_removed_by_its_owner_alone(
    who: str,
    status: int,
    addresses: dict[str, str],
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    browser = sign_in(request.getfixturevalue(who))

    assert answer(browser, "saved_view_remove", addresses) == status


@pytest.mark.parametrize("who", ["lead", "administrator"])
@pytest.mark.parametrize("name", MANAGE + MANAGE_PRESS)
def test_lexicons_are_managed_by_lead_and_administrator(
    name: str, who: str, addresses: dict[str, str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    status = answer(sign_in(request.getfixturevalue(who)), name, addresses)

    assert status == (302 if name in MANAGE_PRESS else 200)


@pytest.mark.parametrize("who", ["reader", "reviewer", "analyst", "stranger"])
@pytest.mark.parametrize("name", MANAGE + MANAGE_PRESS)
def test_managing_lexicons_is_refused_to_everybody_else(
    name: str, who: str, addresses: dict[str, str], request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    assert answer(sign_in(request.getfixturevalue(who)), name, addresses) == 403


@pytest.mark.parametrize("name", READ)
def test_stranger_may_not_read(
    name: str, addresses: dict[str, str], stranger: User, sign_in: SignIn
) -> None:
    assert answer(sign_in(stranger), name, addresses) == 403


@pytest.mark.parametrize("name", READ + WRITE + PRESS + MANAGE + MANAGE_PRESS)
def test_anonymous_is_sent_to_sign_in(name: str, addresses: dict[str, str], client: Client) -> None:
    ask = client.post if name in PRESS + MANAGE_PRESS else client.get

    response = ask(addresses[name])

    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("login"))


@pytest.mark.parametrize("name", PRESS)
def test_link_alone_changes_nothing(
    name: str, addresses: dict[str, str], analyst: User, sign_in: SignIn
) -> None:
    # What is refused there leaves its address in the browser: a reload leads back.
    expected = 302 if name in {"quote_claim", "claims_bulk"} else 405

    assert sign_in(analyst).get(addresses[name]).status_code == expected


@pytest.mark.parametrize("name", MANAGE_PRESS)
def test_link_alone_puts_no_lexicon_in_use(
    name: str, addresses: dict[str, str], lead: User, sign_in: SignIn
) -> None:
    assert sign_in(lead).get(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", [name for name in READ if name not in FILES])
def test_reader_is_offered_nothing_that_would_be_refused(
    name: str, addresses: dict[str, str], reader: User, sign_in: SignIn
) -> None:
    page = sign_in(reader).get(addresses[name]).content.decode()

    offered = re.findall(r'(?:href|action|hx-post)="([^"#?]*)', page)
    refused = {addresses[other] for other in (*WRITE, *PRESS, *MANAGE, *MANAGE_PRESS)}
    assert not refused & set(offered)


@pytest.mark.parametrize("name", ["documents", "claims", "events"])
def test_reader_of_an_empty_list_is_not_sent_to_intake(
    name: str, reader: User, sign_in: SignIn
) -> None:
    page = sign_in(reader).get(reverse(name)).content.decode()

    assert 'class="empty"' in page
    assert reverse("intake") not in page
    assert reverse("import_events") not in page


@pytest.mark.parametrize(
    "address",
    [
        *("/claims/?tab=proposed", "/claims/?q=nothing+like+it", "/inbox/?tab=accepted"),
        *[name for name in (*READ, *WRITE) if name not in FILES],
    ],
)
def test_page_has_no_inline_style_script_or_handler(
    address: str, addresses: dict[str, str], analyst: User, sign_in: SignIn
) -> None:
    RegisteredClaimFactory()
    drop_claim(claim=ClaimFactory(), by=analyst)

    response = sign_in(analyst).get(addresses.get(address, address))

    assert_strict(response)


@pytest.mark.parametrize("name", ["lexicons", "lexicon", *MANAGE])
def test_page_of_a_lead_has_no_inline_style_script_or_handler(
    name: str, addresses: dict[str, str], lead: User, sign_in: SignIn
) -> None:
    assert_strict(sign_in(lead).get(addresses[name]))


def assert_strict(response: HttpResponse) -> None:
    page = response.content.decode()
    assert "<style" not in page
    assert not re.search(r"<[^>]*\s(style|on[a-z]+|hx-on[\w:-]*)=", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", page)
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "unsafe-eval" not in response["Content-Security-Policy"]
