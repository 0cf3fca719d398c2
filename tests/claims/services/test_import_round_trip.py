"""What is exported comes back in as it was, whatever it says."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from accounts.models import User
from claims.models import Claim, Lexicon
from claims.services import load_lexicons
from claims.services.claims import add_checkpoints
from claims.services.import_checks import judged
from claims.tables.columns import COLUMNS, exported
from claims.tables.writing import claims_csv, claims_xlsx
from claims.validators import topics_in
from sources.capture.plain import cleaned
from sources.services.documents import start_of
from tests.claims.imports import ROW, checked, said, stored
from tests.factories.claims import BaseRateFactory, ClaimFactory
from tests.factories.sources import ClaimantFactory, DocumentFactory, PublisherFactory, QuoteFactory

pytestmark = pytest.mark.django_db

NOT_COMPARED = {"number", "status", "registered at (UTC)", "registered by", "content hash"}
# What spreadsheets take for formulas comes more often than by chance.
LETTERS = st.characters(codec="utf-8", exclude_characters="\ufffe\uffff") | st.sampled_from(
    "'=+-@\t\r\n,;\"_x0041_ %1"
)


def texts(longest: int = 80, least: int = 0) -> st.SearchStrategy[str]:
    """Texts as the ledger keeps them."""
    drawn = st.text(LETTERS, max_size=longest).map(cleaned)
    return drawn.filter(lambda text: len(text) >= least)


def names(least: int = 0) -> st.SearchStrategy[str]:
    return (
        texts(60, least)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: len(text) >= least)
    )


TOPICS = names(1).filter(lambda text: "," not in text)
SHARES = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 1000)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def drafts(draw: Any) -> dict[str, Any]:
    """The fields of a sound draft and, below their own names, what it hangs together with."""
    kind = draw(st.sampled_from(Claim.Kind.values))
    said_on = draw(DAYS)
    fields = {name: draw(texts()) for name in ("condition", "horizon", "metric", "threshold")}
    fields |= {"held_if": draw(texts()), "failed_if": draw(texts())}
    if fields["held_if"] == fields["failed_if"]:
        fields["failed_if"] = ""
    range_ = sorted(draw(st.tuples(SHARES, SHARES)))
    source, hedge, low, high = draw(
        st.sampled_from(
            [
                ("lexicon", "likely", Decimal("0.55"), Decimal("0.80")),
                ("declared", "likely", *range_),
                ("", "likely", *range_),
                ("", "likely", None, None),
                ("lexicon", "not at all sure", *range_),
            ]
        )
    )
    dates: dict[str, Any] = dict.fromkeys(("opens_on", "due_earliest", "due_on", "due_latest"))
    if draw(st.booleans()):
        days = sorted(draw(st.lists(st.integers(1, 5000), min_size=4, max_size=4)))
        dates = dict(zip(dates, (said_on + timedelta(one) for one in days), strict=True))
    return fields | dates | {
        "kind": kind,
        "said_on": said_on,
        "topics": topics_in(",".join(draw(st.lists(TOPICS, max_size=3)))),
        "stake": draw(st.integers(1, 3)),
        "statement": draw(texts(least=1)),
        "judged": draw(st.sampled_from(Claim.Judged.values)),
        "speaker": draw(names()),
        "probability_source": source,
        "hedge": hedge,
        "probability_low": low,
        "probability_high": high,
    }  # fmt: skip


@st.composite
def surroundings(draw: Any) -> dict[str, Any]:
    """A claim's quote and document, claimant and base rate, as plain values."""
    return {
        "exact": draw(texts(least=1)),
        "title": draw(texts()),
        "author": draw(texts()),
        "published_on": draw(st.none() | DAYS),
        "publisher": draw(names(1).filter(lambda name: "." not in name and "/" not in name)),
        "url": draw(st.sampled_from(["", "https://ports.example/a?b=c&d=%20", "http://[::1]/x"])),
        "claimant": draw(names(1)),
        "rate": draw(st.none() | st.tuples(texts(least=1), SHARES, texts(least=1))),
    }


def made(fields: dict[str, Any], around: dict[str, Any]) -> Claim:
    """The claim in the ledger."""
    published = around["published_on"]
    document = DocumentFactory(
        text=f"Before {around['exact']} after",
        title=around["title"],
        author=around["author"],
        publisher=PublisherFactory(name=around["publisher"], domain=""),
        url=around["url"],
        published_at=start_of(published),
    )
    rate = around["rate"]
    lexicon = Lexicon.objects.active() if fields["probability_source"] == "lexicon" else None
    claim = ClaimFactory(
        **fields,
        quote=QuoteFactory(document=document, exact=around["exact"]),
        claimant=ClaimantFactory(name=around["claimant"]),
        lexicon=lexicon,
        base_rate=rate
        and BaseRateFactory(reference_class=rate[0], probability=rate[1], source=rate[2]),
    )
    if claim.due_on:
        add_checkpoints(claim, sorted({claim.due_on, claim.due_latest}))
    return claim


def cells(claim: Claim) -> dict[str, Any]:
    """Everything an export says of a claim that an import takes."""
    (fresh,) = exported(Claim.objects.filter(pk=claim.pk))
    return {one.name: one.cell(fresh) for one in COLUMNS if one.name not in NOT_COMPARED}


def as_file(form: str) -> bytes:
    if form == "csv":
        return "".join(claims_csv(Claim.objects.all())).encode()
    file = BytesIO()
    claims_xlsx(Claim.objects.all(), file)
    return file.getvalue()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=drafts(), around=surroundings())
def test_export_comes_back_as_it_was(
    form: str, fields: dict[str, Any], around: dict[str, Any]
) -> None:
    with transaction.atomic():
        load_lexicons()
        claim = made(fields, around)
        before, data = cells(claim), as_file(form)
        # Or it would be known already.
        Claim.objects.update(status=Claim.Status.DROPPED)

        claim_import = stored(data)

        assert said(claim_import) == []
        assert cells(Claim.objects.latest("pk")) == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_days_are_those_of_the_desk_wherever_it_is(form: str, zone: str, settings: Any) -> None:
    settings.TIME_ZONE = zone
    load_lexicons()
    day = date(2024, 3, 21)
    article = DocumentFactory(text=ROW["quote"], title="On ports", published_at=start_of(day))
    of_article = ClaimFactory(
        quote=QuoteFactory(document=article, exact=ROW["quote"]), lexicon=Lexicon.objects.active()
    )

    excerpt = stored([{**ROW, "published on": f"{day}"}]).rows.get().claim

    assert excerpt is not None
    assert excerpt.quote.document.published_at == start_of(day)
    assert {cells(one)["published on"] for one in (of_article, excerpt)} == {day}
    assert said(checked(as_file(form))) == [
        f"row 2: is in the ledger already, as claim {excerpt.pk}",
        f"row 3: is in the ledger already, as claim {of_article.pk}",
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_that_comes_back_is_known(form: str, analyst: User) -> None:
    load_lexicons()
    lexicon = Lexicon.objects.active()
    first, second = ClaimFactory(lexicon=lexicon), ClaimFactory(lexicon=lexicon)

    assert said(checked(as_file(form), by=analyst)) == [
        f"row 2: is in the ledger already, as claim {second.pk}",
        f"row 3: is in the ledger already, as claim {first.pk}",
    ]


def edited(data: bytes, **cells: object) -> bytes:
    """An exported workbook as somebody saves it who typed into the cells of its only claim. A
    percentage is a number that is shown otherwise.
    """
    header, claim = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": "0%"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name)
            typed = cells.get(str(name).removesuffix(" (%)").replace(" ", "_"), claim[column])
            if isinstance(typed, Shown):
                sheet.write_number(1, column, typed.number, shown)
            else:
                sheet.write(1, column, typed, *([day] if isinstance(typed, date) else []))
    return file.getvalue()


@dataclass
class Shown:
    """A percentage as a spreadsheet keeps it where one types 60%."""

    number: float


def unclear(figure: str, percent: str) -> str:
    return (
        f"{figure} may be {figure}% or {percent}%, which a spreadsheet keeps alike; write it as text, "
        f"'{figure}% or '{percent}%"
    )


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (60, 80, ("0.600", "0.800")),
        ("60%", "80%", ("0.600", "0.800")),
        ("0.6%", "1%", ("0.006", "0.010")),
        (0, 1.5, ("0.000", "0.015")),
        (
            Shown(0.6),
            Shown(1),
            [f"row 2, low: {unclear('0.6', '60')}", f"row 2, high: {unclear('1', '100')}"],
        ),
        (0.6, 80, [f"row 2, low: {unclear('0.6', '60')}"]),
    ],
)
def test_percentage_typed_into_an_exported_sheet_is_read_or_refused_never_another(
    low: object, high: object, expected: Any
) -> None:
    load_lexicons()
    ClaimFactory(
        probability_source="declared",
        probability_low=Decimal("0.5"),
        probability_high=Decimal("0.7"),
    )
    data = as_file("xlsx")
    Claim.objects.update(status=Claim.Status.DROPPED)

    claim_import = checked(edited(data, low=low, high=high))

    if isinstance(expected, list):
        assert said(claim_import) == expected
        return
    assert said(claim_import) == []
    claim = judged(list(claim_import.rows.all()), by=None)[0].claim
    assert (f"{claim.probability_low}", f"{claim.probability_high}") == expected


def test_percentages_of_every_size_come_back_from_a_sheet() -> None:
    load_lexicons()
    shares = [Decimal(tenths) / 1000 for tenths in (0, 1, 5, 9, 10, 11, 15, 100, 999, 1000)]
    for share in shares:
        ClaimFactory(
            probability_source="declared", probability_low=share, probability_high=Decimal(1)
        )
    data = as_file("xlsx")
    Claim.objects.update(status=Claim.Status.DROPPED)

    claim_import = checked(data)

    assert said(claim_import) == []
    claims = [one.claim for one in judged(list(claim_import.rows.order_by("-number")), by=None)]
    assert [claim.probability_low for claim in claims] == shares
    assert {claim.probability_high for claim in claims} == {Decimal(1)}


def test_naughty_strings_come_back_as_they_were(shared: Path) -> None:
    load_lexicons()
    strings = json.loads((shared / "data/hostile_input/blns/blns.json").read_text())
    # Without what is no character: a spreadsheet leaves it out.
    wanted = [text for one in strings if (text := cleaned(one)) and text not in "\ufffe\uffff"]
    wanted = list(dict.fromkeys(wanted))
    for text in wanted:
        document = DocumentFactory(text=text, title=text, author=text[:300])
        ClaimFactory(
            quote=QuoteFactory(document=document, exact=text),
            statement=text,
            held_if=text,
            lexicon=Lexicon.objects.active(),
        )
    assert len(wanted) > 400

    for form in ("csv", "xlsx"):
        data = as_file(form)
        Claim.objects.update(status=Claim.Status.DROPPED)
        claim_import = checked(data)
        assert said(claim_import) == []
        claims = [one.claim for one in judged(list(claim_import.rows.order_by("-number")), by=None)]
        assert [one.statement for one in claims] == wanted
        assert [one.held_if for one in claims] == wanted
