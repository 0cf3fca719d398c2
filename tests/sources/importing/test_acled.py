"""ACLED's records in every version of their columns, its deletions, and ICEWS's coded events."""

import io
import json
from datetime import UTC, date, datetime

import pytest

from sources.importing import ImportFileError, Item, Withdrawal, read_items, read_withdrawals
from tests.sources.importing.coded import ACLED_COLUMNS, acled_row
from tests.sources.importing.reading import NOW, read

UPDATED = datetime(2023, 3, 20, 10, tzinfo=UTC)


def test_record_is_told_with_its_day_actors_place_note_sources_and_key():
    (item,) = read(f"{ACLED_COLUMNS}\n{acled_row()}", "acled.csv")
    assert item == Item(
        row=2,
        title="Peaceful protest: Protesters (Omar), Old Harbour, Omar (2023-03-18)",
        summary=(
            "On 18 March dockers stood before the gate. Fatalities: 0. Sources: Port Review; Omar "
            "Daily (National). ACLED's record of 2023-03-20 10:00 UTC. OMR17."
        ),
        published_at=UPDATED,
        publisher="ACLED",
        language="en",
        occurred_on=date(2023, 3, 18),
        external_id="acled:OMR17",
    )
    assert item.key == "acled:OMR17"


@pytest.mark.parametrize(
    "cells",
    [
        {"notes": "On 18 March dockers blocked the gate."},
        {"fatalities": "1"},
        {"timestamp": "1679310000"},
        {"event_date": "2023-03-17"},
    ],
)
def test_whatever_acled_overwrites_makes_another_wording_under_the_same_key(cells):
    data = f"{ACLED_COLUMNS}\n{acled_row()}\n{acled_row(**cells)}"
    before, after = read(data, "acled.csv")
    assert before.key == after.key
    assert (before.title, before.summary) != (after.title, after.summary)


def test_older_columns_are_known_in_any_case_with_the_day_first():
    head = "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,ACTOR2,COUNTRY,LOCATION,SOURCE,NOTES,FATALITIES"
    row = "615,1OMR,1,03/04/1997,1997,Battle,Militia,,Army,Omar,Old Harbour,Omar Daily,Shots.,2"
    (item,) = read(f"{head}\n{row}", "ACLED 1997.csv")
    assert item.title == "Battle: Militia and Army, Old Harbour, Omar (1997-04-03)"
    assert (item.occurred_on, item.external_id) == (date(1997, 4, 3), "acled:1OMR")
    assert item.published_at == datetime(1997, 4, 3, tzinfo=UTC)


def test_answer_of_its_interface_is_read_too():
    record = {
        "event_id_cnty": "OMR17",
        "event_date": "18 March 2023",
        "event_type": "Protests",
        "fatalities": 0,
        "timestamp": 1679306400,
    }
    (item,) = read(json.dumps({"status": 200, "data": [record]}), "acled.json")
    assert (item.title, item.published_at) == (
        "Protests: actors not named (2023-03-18)",
        UPDATED,
    )


def test_bad_records_are_named_and_good_ones_kept():
    rows = [acled_row(event_id_cnty=""), acled_row(event_date="2023-02-30"), acled_row()]
    found = read("\n".join([ACLED_COLUMNS, *rows]), "acled.csv")
    assert [str(one) for one in found[:2]] == [
        "row 2, event_id_cnty: is missing",
        "row 3, event_date: there is no such day as 2023-02-30",
    ]
    assert isinstance(found[2], Item)


def test_deletions_are_read_by_themselves_and_never_as_events():
    data = b"event_id_cnty,deleted_timestamp\nOMR17,1679306400\n,1679306400\nOMR18,soon\n"
    found = list(read_withdrawals(io.BytesIO(data), name="deleted.csv", at=NOW))
    assert found[0] == Withdrawal(2, "acled:OMR17", UPDATED)
    assert str(found[1]) == "row 3, event_id_cnty: is missing"
    assert str(found[2]).startswith("row 4, deleted_timestamp: soon is not a date")
    with pytest.raises(ImportFileError, match=r"deleted\.csv is ACLED's list of deleted events"):
        read(data, "deleted.csv")
    with pytest.raises(ImportFileError, match=r"a\.csv is no list of deleted events"):
        list(read_withdrawals(io.BytesIO(b"title,date\nA,2023-03-20"), name="a.csv"))


def test_coded_events_of_icews_are_told_with_their_day():
    head = "Event ID\tEvent Date\tSource Name\tEvent Text\tTarget Name\tPublisher\tCity"
    row = "17\t2023-03-18\tBo Example\tMake a visit\tOmar\tOmar Daily\tOld Harbour"
    assert read(f"{head}\n{row}", "events.tab") == [
        Item(
            row=2,
            title="Bo Example: Make a visit – Omar, Old Harbour (2023-03-18)",
            summary="Coded by ICEWS.",
            published_at=datetime(2023, 3, 18, tzinfo=UTC),
            publisher="Omar Daily",
            language="en",
            occurred_on=date(2023, 3, 18),
            external_id="icews:17",
        )
    ]


def test_sets_made_of_icews_give_one_item_for_every_row(shared):
    folder = shared / "data/event_files"
    with (folder / "icews18_russia_china.csv").open("rb") as file:
        found = list(read_items(file, name="icews.csv"))
    assert [one.row for one in found] == list(range(2, 242))
    assert found[0].title == "China: Engage in diplomatic cooperation – Russia (2018-08-29)"
    with (folder / "icews_sample_output.jsonl").open("rb") as file:
        assert [type(one) for one in read_items(file, name="icews.jsonl")] == [Item] * 4
