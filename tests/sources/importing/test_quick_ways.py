"""The quick ways for what most files write give just what the careful ones do."""

from datetime import UTC

from hypothesis import example, given
from hypothesis import strategies as st

from sources.importing import dates, records, wording

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(list(" \t\n\u00a0&;<>b/"))), max_size=40)
DATES = st.one_of(
    st.datetimes().map(str),
    st.datetimes(timezones=st.just(UTC)).map(lambda one: one.isoformat()),
    st.dates().map(str),
    st.from_regex(
        r"\A[12]\d{3}-[01]?\d-[0-3]?\d([T ][0-2]\d(:[0-5]\d){1,2}( ?Z| UTC| ?[+-]\d\d:?\d\d)?)?\Z"
    ),
    st.text(max_size=30),
)
ADDRESSES = st.one_of(
    st.from_regex(r"\Ahttps?://[a-z.\[\]@:]{0,9}[/?#]?[ -~]{0,9}\Z"), st.text(max_size=30)
)


@given(TEXTS)
@example("a  b")
@example("\u3000a\ufeff")
def test_text_is_folded_the_same(text: str) -> None:
    assert wording.one_line(text) == wording._folded(text)


@given(TEXTS)
@example("&amp;lt;b&amp;gt;")
def test_text_is_made_plain_the_same(text: str) -> None:
    careful = wording._folded(wording._bare(text[:400]))[:20].rstrip()

    assert wording.plain(text, at_most=20) == careful


@given(DATES)
@example("2023-03-20 10:00 Z")
@example("2023-02-30")
@example("２０２３-03-20")
def test_date_is_read_the_same(written: str) -> None:
    written = wording.one_line(written)
    quick = dates._quickly(written)

    assert quick is None or dates._read(written, day_first=None) == quick


@given(ADDRESSES)
@example("https://a.example/[1]")
@example("https://?")
def test_address_is_taken_the_same(written: str) -> None:
    assert records.web_address(written) == records._address(written)
