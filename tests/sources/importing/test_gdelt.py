"""GDELT's events, mentions and graph: which documents they name, and in what words."""

import time
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from sources.importing import Item, Problem, read_items
from sources.importing.slugs import headline
from tests.sources.importing.coded import GDELT_1, gdelt_row, graph_row, mention_row
from tests.sources.importing.reading import read

AT = datetime(2023, 3, 20, 14, 15, tzinfo=UTC)
PAGE = "https://www.wire.example/2023/03/20/a1"


def test_coded_event_is_told_in_words_with_its_day_place_page_and_number():
    assert read(gdelt_row(), "20230320141500.export.CSV") == [
        Item(
            row=1,
            title="Russia (government) consults with China, Moscow (2023-03-20)",
            summary=(
                "Coded by GDELT: Russia (government) consults with China, Moscow (2023-03-20)."
            ),
            published_at=AT,
            url=PAGE,
            publisher="wire.example",
            occurred_on=date(2023, 3, 20),
            external_id="gdelt:1091",
        )
    ]


def test_rows_of_one_page_are_one_document_with_every_coding_the_chief_one_first():
    rows = [
        gdelt_row(number="1", is_root="0", actor="CHINESE", role="", target="", root="01"),
        gdelt_row(number="2", url="https://other.example/x"),
        gdelt_row(number="3"),
        gdelt_row(number="4"),
        gdelt_row(number="5", is_root="1", mentions="9", root="11", day="20230319"),
    ]
    first, second = read("\n".join(rows), "a")
    assert (first.row, second.row, first.external_id) == (1, 2, "gdelt:1")
    assert first.title == "Russia (government) criticises China, Moscow (2023-03-19)"
    assert first.occurred_on == date(2023, 3, 19)
    assert first.summary == (
        "Coded by GDELT: Russia (government) criticises China, Moscow (2023-03-19). "
        "Russia (government) consults with China, Moscow (2023-03-20). "
        "Chinese makes a statement, Moscow (2023-03-20)."
    )


def test_page_whose_address_spells_a_headline_is_called_by_it():
    url = "https://wire.example/news/envoys-sign-a-ferry-treaty-83712.html"
    (item,) = read(gdelt_row(GDELT_1, url=url), "20230320.export.CSV")
    assert item.title == "Envoys sign a ferry treaty"
    assert item.published_at == datetime(2023, 3, 20, tzinfo=UTC)


def test_old_row_without_a_page_is_as_old_as_its_event():
    (item,) = read(gdelt_row(57, day="19820102", added="20130203"), "198201.csv")
    assert item.published_at == datetime(1982, 1, 2, tzinfo=UTC)
    assert (item.url, item.publisher, item.key) == ("", "GDELT", "gdelt:1091")


@pytest.mark.parametrize(
    ("cells", "title"),
    [
        ({"actor": ""}, "Government consults with China, Moscow (2023-03-20)"),
        ({"actor": "", "role": ""}, "Somebody consults with China, Moscow (2023-03-20)"),
        ({"target": "", "root": "14"}, "Russia (government) protests, Moscow (2023-03-20)"),
        ({"place": "China"}, "Russia (government) consults with China (2023-03-20)"),
        ({"root": "99"}, "Russia (government) does something to China, Moscow (2023-03-20)"),
        ({"actor": "BANK OF OMAR", "role": "BUS"}, "Bank of Omar (business) consults with China"),
        ({"actor": "<b>RUSSIA</b>"}, "Russia (government) consults with China"),
    ],
)
def test_what_is_not_coded_is_not_said(cells, title):
    (item,) = read(gdelt_row(**cells), "a")
    assert item.title.startswith(title)


def test_bad_rows_are_named_and_good_rows_kept():
    data = "\n".join(
        [
            gdelt_row(),
            "\t".join(["1"] * 30),
            gdelt_row(number="x"),
            gdelt_row(day="20230230", number="7"),
            gdelt_row(number="8", url="https://wire.example/b"),
        ]
    )
    assert [
        str(one) if isinstance(one, Problem) else one.external_id for one in read(data, "a")
    ] == [
        "row 2: has 30 columns where GDELT's events have 57, 58 or 61",
        "row 3, GLOBALEVENTID: is not a number",
        "row 4, SQLDATE or DATEADDED: there is no such day as 20230230",
        "gdelt:1091",
        "gdelt:8",
    ]


def test_pages_that_are_held_back_have_a_bound(monkeypatch):
    monkeypatch.setattr("sources.importing.gdelt.PAGES_HELD", 2)
    urls = ["https://a.example/1", "https://a.example/2", "https://a.example/3"]
    rows = [gdelt_row(number=str(n), url=url) for n, url in enumerate([*urls, urls[1]])]
    assert [one.url for one in read("\n".join(rows), "a")] == urls


def test_mentions_are_the_pages_that_spoke_of_events_each_once():
    rows = [
        mention_row(),
        mention_row(number="1092"),
        mention_row(page="BBC Monitoring, evening bulletin", source="BBC Monitoring", type="2"),
        mention_row(page="https://presse.example/17", translation="srclc:fra;eng:Example 1.0"),
    ]
    found = read("\n".join(rows), "20230320143000.mentions.CSV")
    assert [(one.row, one.title, one.url, one.publisher, one.language) for one in found] == [
        (
            1,
            "Ministers meet in the old harbour",
            "https://www.wire.example/world/ministers-meet-in-the-old-harbour",
            "wire.example",
            "en",
        ),
        (3, "BBC Monitoring, evening bulletin", "", "BBC Monitoring", "en"),
        (4, "presse.example/17", "https://presse.example/17", "wire.example", "fr"),
    ]
    assert found[1].key == "gdelt-mention:1091:BBC Monitoring, evening bulletin"


def test_document_of_the_graph_has_its_pages_title_author_and_time_where_they_are_given():
    extras = (
        "<PAGE_PRECISEPUBTIMESTAMP>20230320120500</PAGE_PRECISEPUBTIMESTAMP>"
        "<PAGE_AUTHORS>Ada Example;Bo Example</PAGE_AUTHORS>"
        "<PAGE_TITLE>Ministers &amp;amp; envoys meet &#x2013; at last</PAGE_TITLE>"
    )
    assert read(graph_row(extras=extras), "20230320143000.gkg.csv") == [
        Item(
            row=1,
            title="Ministers & envoys meet – at last",
            summary=(
                "People: Ada Example, Bo Example. Organisations: Port Authority. "
                "Places: Moscow, Moskva, Russia, China."
            ),
            published_at=datetime(2023, 3, 20, 12, 5, tzinfo=UTC),
            url="https://wire.example/story/8231",
            publisher="wire.example",
            language="en",
            author="Ada Example, Bo Example",
            external_id="gkg:20230320143000-7",
        )
    ]
    (bare,) = read(graph_row(translation="srclc:xyz"), "a")
    assert (bare.title, bare.language) == ("wire.example/story/8231", "xyz")


def test_row_of_the_first_graph_may_name_several_documents():
    pages = "https://a.example/ministers-meet-in-the-harbour<UDIV>https://b.example/2<UDIV>print"
    row = ["20130401", "2", "", "", "1#China#CH#CH##", "ada example", "", "", "", "a;b", pages]
    head = "DATE\tNUMARTS\tCOUNTS\tTHEMES\tLOCATIONS\tPERSONS\tORGS\tTONE\tIDS\tSOURCES\tURLS"
    found = read(f"{head}\n" + "\t".join(row), "20130401.gkg.csv")
    assert [(one.row, one.title, one.publisher) for one in found] == [
        (2, "Ministers meet in the harbour", "a.example"),
        (2, "b.example/2", "b.example"),
    ]
    assert {one.summary for one in found} == {"People: Ada Example. Places: China."}


def test_row_of_the_graph_made_to_take_for_ever_is_done_at_once():
    row = graph_row(extras="<PAGE_TITLE>" * 100_000, people="a;" * 400_000)
    start = time.process_time()
    (item,) = read(row, "20230320143000.gkg.csv")
    assert time.process_time() - start < 2
    assert item.title == "wire.example/story/8231"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (
            "https://a.example/news/2023/03/20/envoys-sign-a-ferry-treaty/",
            "Envoys sign a ferry treaty",
        ),
        (
            "https://a.example/story/1150717/envoys_sign_a_ferry_treaty.html?x=1",
            "Envoys sign a ferry treaty",
        ),
        ("https://a.example/a-7348-Envoys-sign-a-ferry-treaty", "Envoys sign a ferry treaty"),
        ("https://a.example/10-killed-in-old-harbour", "10 killed in old harbour"),
        ("https://a.example/its-039-over-039-for-them", "Its over for them"),
        ("https://a.example/article_fe70d4d0-5528-5719-900c-c2daea769b17.html", ""),
        ("https://a.example/world/europe/", ""),
        ("https://a.example/envoys-sign-a-treaty", ""),
        ("https://a.example/%d0%bc%d0%b8%d1%80-и-труд-май-миру", "Мир и труд май миру"),
        ("https://[broken", ""),
        ("https://a.example", ""),
    ],
)
def test_headline_is_made_of_the_words_of_an_address(url, words):
    assert headline(url) == words


def test_real_day_gives_a_document_for_each_page_and_for_each_row_without_one(shared):
    name = "gdelt1_events_sample_20160728.tsv"
    with (shared / "data/event_files" / name).open("rb") as file:
        found = list(read_items(file, name=name))
    assert Counter(type(one) for one in found) == {Item: 648}
    assert sum(1 for one in found if not one.url) == 201
    assert len({one.key for one in found}) == 648
    told = {one.external_id: one for one in found}["gdelt:564111704"]
    assert told.title == "China US accused of fanning the flames in South China Sea"
    assert told.summary.count("(2016-07-27)") == 3
    assert (told.publisher, told.occurred_on) == ("morningstaronline.co.uk", date(2016, 7, 27))
