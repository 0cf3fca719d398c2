"""The forms: fields by kind, percent and probability, dates by line, and one source of an article."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from claims.forms import (
    ClaimForm,
    CorrectForm,
    EventForm,
    EvidenceForm,
    IntakeForm,
    LinkForm,
    QuoteForm,
)
from claims.forms.claims import (
    DATE_FIELDS,
    KINDS_OF_FIELD,
    TO_REGISTER,
    dates_of_words,
    in_percent,
    share,
)
from claims.models import Claim
from claims.services import content_hash, edit_claim
from claims.validators import missing_for_registration
from tests.factories.claims import CheckpointFactory, ClaimFactory, RegisteredClaimFactory

COMMON = {
    *("statement", "kind", "claimant", "said_on", "topics", "stake", "hedge", "horizon"),
    "seen",
}
SCORED = COMMON | {
    *("held_if", "failed_if", "judged", "probability_source", "low", "high"),
    *("reference_class", "base_rate_percent", "base_rate_source"),
    *("opens_on", "due_earliest", "due_on", "due_latest", "checkpoints"),
}
MEASURED = SCORED | {"metric", "threshold"}
FIELDS_OF_KIND = {
    "event": SCORED,
    "quantity": MEASURED,
    "continuing": MEASURED | {"condition"},
    "conditional": SCORED | {"condition"},
    "comparison": MEASURED,
    "assessment": COMMON,
}


def shown(form: ClaimForm) -> dict[str, object]:
    return {name: form[name].value() for name in form.fields}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Claim.Kind.values)
def test_fields_follow_the_kind(kind: str) -> None:
    assert set(ClaimForm(claim=ClaimFactory(kind=kind)).fields) == FIELDS_OF_KIND[kind]


@pytest.mark.django_db
def test_kind_that_was_chosen_goes_before_the_claim_s_own() -> None:
    claim = ClaimFactory(kind="event")

    for form in (
        ClaimForm({"kind": "assessment"}, claim=claim),
        ClaimForm(claim=claim, initial={"kind": "assessment"}),
    ):
        assert set(form.fields) == COMMON


@pytest.mark.django_db
def test_form_begins_with_what_the_claim_has() -> None:
    claim = ClaimFactory(topics=["trade", "ports"])
    CheckpointFactory(claim=claim, due_on=date(2024, 3, 21), is_final=False)
    CheckpointFactory(claim=claim)

    values = shown(ClaimForm(claim=claim))

    assert (values["claimant"], values["topics"]) == (claim.claimant.name, "trade, ports")
    assert (values["low"], values["high"]) == (Decimal(55), Decimal(80))
    assert (values["base_rate_percent"], values["reference_class"]) == (
        Decimal(62),
        claim.base_rate.reference_class,
    )
    assert values["checkpoints"] == "2024-03-21\n2026-03-21"


@pytest.mark.django_db
def test_speaker_is_offered_where_no_claimant_is_known() -> None:
    assert shown(ClaimForm(claim=ClaimFactory(claimant=None)))["claimant"] == "Orlov"


@pytest.mark.django_db
def test_values_become_fields_of_a_claim() -> None:
    claim = ClaimFactory()
    values = shown(ClaimForm(claim=claim)) | {
        "topics": " trade ,, ports,",
        "low": "12.5",
        "high": "100",
        "checkpoints": "2024-03-21\r\n\r\n 2025-03-21 ",
    }

    form = ClaimForm(values, claim=claim)

    assert form.is_valid(), form.errors
    changes = form.changes()
    assert changes["topics"] == ["trade", "ports"]
    assert (changes["probability_low"], changes["probability_high"]) == (Decimal("0.125"), 1)
    assert form.cleaned_data["checkpoints"] == [date(2024, 3, 21), date(2025, 3, 21)]
    assert form.base_rate() == {
        "reference_class": claim.base_rate.reference_class,
        "probability": Decimal("0.62"),
        "source": claim.base_rate.source,
    }


@pytest.mark.django_db
def test_no_base_rate_is_none() -> None:
    claim = ClaimFactory(base_rate=None)

    form = ClaimForm(shown(ClaimForm(claim=claim)), claim=claim)

    assert form.is_valid(), form.errors
    assert form.base_rate() is None


@pytest.mark.django_db
@pytest.mark.parametrize("line", ["soon", "2024-13-01", "2024-02-30", "21.03.2024"])
def test_line_that_is_no_date_is_named(line: str) -> None:
    claim = ClaimFactory()
    values = shown(ClaimForm(claim=claim)) | {"checkpoints": f"2024-03-21\n{line}"}

    form = ClaimForm(values, claim=claim)

    assert form.errors["checkpoints"] == [f"“{line}” is not a date. Write it as 2026-03-21."]


@pytest.mark.django_db
def test_form_never_changes_the_claim_it_checks() -> None:
    claim = ClaimFactory()
    values = shown(ClaimForm(claim=claim)) | {"statement": "Else."}

    assert ClaimForm(values, claim=claim).is_valid()
    assert claim.statement != "Else."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "also"),
    [
        ("event", set()),
        ("conditional", {"condition"}),
        ("quantity", {"metric", "threshold"}),
        ("continuing", set()),
    ],
)
def test_fields_marked_as_needed_are_those_that_registration_misses(
    kind: str, also: set[str]
) -> None:
    claim = ClaimFactory(kind=kind, condition="If it rains", metric="tonnes", threshold="100")
    form = ClaimForm(claim=claim)

    marked = {name for name, field in form.fields.items() if getattr(field, "to_register", False)}

    assert marked == TO_REGISTER | also
    for name in also | {"held_if", "failed_if"}:
        emptied = ClaimForm(shown(form) | {name: ""}, claim=claim)
        assert emptied.is_valid(), emptied.errors
        lacking = Claim(quote_id=claim.quote_id, claimant_id=1, base_rate_id=1, **emptied.changes())
        assert len(missing_for_registration(lacking)) == 1


@pytest.mark.django_db
def test_assessment_needs_only_its_claimant() -> None:
    form = ClaimForm(claim=ClaimFactory(kind="assessment"))

    marked = {name for name, field in form.fields.items() if getattr(field, "to_register", False)}

    assert marked == {"claimant"}


def test_only_known_fields_belong_to_kinds() -> None:
    assert KINDS_OF_FIELD.keys() <= ClaimForm.base_fields.keys()


@given(st.integers(0, 1000))
def test_percent_and_probability_come_back_to_each_other(tenths: int) -> None:
    probability = Decimal(tenths) / 1000

    assert share(in_percent(probability)) == probability


def test_nothing_is_neither_percent_nor_probability() -> None:
    assert (share(None), in_percent(None)) == (None, None)


def test_percent_has_no_idle_zeros() -> None:
    assert [str(in_percent(Decimal(one))) for one in ("0.550", "0.125", "1")] == [
        "55",
        "12.5",
        "100",
    ]


@pytest.mark.django_db
def test_form_over_a_changed_claim_is_refused_once_and_then_taken_as_seen(
    colleague: User,
) -> None:
    claim = ClaimFactory()
    values = shown(ClaimForm(claim=claim))
    changed = edit_claim(claim=claim, by=colleague, held_if="The colleague's words.")

    form = ClaimForm(values, claim=changed)

    assert form.non_field_errors() == [
        (
            "Somebody else changed this claim while you had it open. What you wrote is still here: look "
            "at theirs in another window, then save again to replace it."
        )
    ]
    assert form["seen"].value() == content_hash(changed)
    assert form["held_if"].value() == claim.held_if
    assert ClaimForm(shown(form), claim=changed).is_valid()


@pytest.mark.parametrize(
    ("horizon", "days"),
    [
        ("in the coming years", ("2023-03-21", "2024-03-21", "2026-03-21", "2028-03-21")),
        (
            "over the next two to three years",
            ("2023-03-21", "2025-03-21", "2026-03-21", "2026-03-21"),
        ),
        ("BY 1 May 2025.", ("2023-03-21", "2025-05-01", "2025-05-01", "2025-05-01")),
    ],
)
def test_time_words_give_the_four_dates(horizon: str, days: tuple[str, ...]) -> None:
    found = dates_of_words({"said_on": "2023-03-21", "horizon": horizon, "due_on": "2099-01-01"})

    assert found == {
        name: date.fromisoformat(day) for name, day in zip(DATE_FIELDS, days, strict=True)
    }


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"horizon": "in the coming years"},
        {"said_on": "2023-03-21"},
        {"said_on": "2023-03-21", "horizon": "some day"},
        {"said_on": "2023-03-21", "horizon": "in 2022"},
        {"said_on": "2023-02-30", "horizon": "in the coming years"},
        {"said_on": "soon", "horizon": "in the coming years"},
        {"said_on": "\0", "horizon": "\0"},
        {"said_on": "9999-01-01", "horizon": "in the coming years"},
    ],
)
def test_time_words_without_a_day_or_a_date_give_none(values: dict[str, str]) -> None:
    assert dates_of_words(values) == {}


@given(st.text(max_size=60), st.text(max_size=12) | st.dates().map(str))
def test_time_words_give_four_dates_in_order_or_none(horizon: str, said_on: str) -> None:
    for words in (horizon, f"in the coming years {horizon}", f"by {horizon} 2050"):
        days = list(dates_of_words({"said_on": said_on, "horizon": words}).values())

        assert len(days) in {0, 4}
        assert days == sorted(days)


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ({"text"}, "text"),
        ({"file"}, "file"),
        ({"url"}, "url"),
        ({"text", "url"}, "text"),
        ({"file", "url"}, "file"),
    ],
)
def test_intake_takes_one_source_and_an_address_beside_it(given: set[str], source: str) -> None:
    form = intake_form(given)

    assert form.is_valid()
    assert form.source == source


@pytest.mark.parametrize("given", [set(), {"text", "file"}, {"text", "file", "url"}])
def test_intake_refuses_none_and_two(given: set[str]) -> None:
    assert intake_form(given).non_field_errors() == [
        "Paste a text, choose a file or give an address: one of them."
    ]


def test_intake_says_once_what_is_wrong_with_an_address() -> None:
    form = IntakeForm({"text": " \n", "url": "not an address"})

    assert form.errors == {"url": ["Enter a valid URL."]}


def test_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    file = SimpleUploadedFile("book.pdf", b"%PDF-")
    file.size = 20 * 2**20 + 1

    form = IntakeForm({}, {"file": file})

    assert form.errors == {"file": ["book.pdf is larger than 20 MB."]}
    assert file.tell() == 0


def intake_form(given: set[str]) -> IntakeForm:
    values = {"text": "Words.", "url": "https://harbour.example/a"}
    files = {"file": SimpleUploadedFile("a.txt", b"Words.")} if "file" in given else {}
    return IntakeForm({name: values[name] for name in given & values.keys()}, files)


def test_what_is_known_is_asked_alike_at_intake_and_when_it_is_corrected() -> None:
    known = ["title", "author", "publisher", "published_on"]
    intake, correct = IntakeForm(), CorrectForm()

    assert list(correct.fields) == known
    assert list(intake.fields) == ["text", "file", "url", *known]
    given = {
        "title": "a" * 501,
        "author": "a" * 301,
        "publisher": "a" * 201,
        "published_on": "soon",
    }
    refused = CorrectForm(given).errors
    assert list(refused) == known
    assert IntakeForm({"text": "Words.", **given}).errors == refused


def test_quote_keeps_its_spaces_and_has_the_line_ends_of_documents() -> None:
    form = QuoteForm({"exact": " grows\r\nand "})

    assert form.is_valid()
    assert form.cleaned_data["exact"] == " grows\nand "


@pytest.mark.parametrize(
    ("values", "cleaned"),
    [
        ({"stance": "-2"}, {"stance": -2, "credibility": None, "note": "", "passage": ""}),
        (
            {"stance": "0", "credibility": "6", "note": " Seen. "},
            {"stance": 0, "credibility": 6, "note": "Seen.", "passage": ""},
        ),
    ],
)
def test_evidence_form_gives_numbers(values: dict[str, str], cleaned: dict[str, object]) -> None:
    form = EvidenceForm(values)

    assert form.is_valid()
    assert form.cleaned_data == cleaned


def test_event_becomes_an_item_reported_on_its_day() -> None:
    form = EventForm(
        {
            "title": "Ferry sails",
            "occurred_on": "2024-02-03",
            "publisher": "Port Review",
            "url": "review.example/ferry",
        }
    )

    assert form.is_valid(), form.errors
    item = form.item()
    assert (item.title, item.occurred_on, item.publisher) == (
        "Ferry sails",
        date(2024, 2, 3),
        "Port Review",
    )
    assert item.published_at == datetime(2024, 2, 3, tzinfo=UTC)
    assert item.url == "https://review.example/ferry"


@pytest.mark.django_db
def test_link_takes_only_claims_that_stand() -> None:
    standing, draft = RegisteredClaimFactory(), ClaimFactory()

    assert LinkForm({"claim": standing.pk, "stance": "1"}).is_valid()
    assert not LinkForm({"claim": draft.pk, "stance": "1"}).is_valid()
