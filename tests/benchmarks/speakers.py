"""Speakers against PolNeAR, news with marked attributions: `python -m tests.benchmarks.speakers`."""

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from claims.extraction.sentences import sentences
from claims.extraction.speakers import voices
from tests.benchmarks.table import heading, line, tell

ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "data" / "text" / "polnear_train.tar.gz"
# One line of a mark: its number, its sort, its first and its last place.
MARK = re.compile(r"^(T\d+)\t(Source|Cue) (\d+) (?:[\d; ]* )?(\d+)\t", re.MULTILINE)
EVENT = re.compile(r"^E\d+\t(.+)$", re.MULTILINE)
# PolNeAR marks every attitude ("supports", "fears"); we look for words that are said.
SAID = re.compile(
    r"\b(?:sa(?:id|ys?)|told|tells|according to|argue[sd]?|wr(?:ote|ites)|add(?:ed|s)|warn(?:ed|s)"
    r"|predict(?:ed|s)|expect(?:ed|s)|believe[sd]?|thinks|insist(?:ed|s)|suggest(?:ed|s)|noted)\b"
)
NAMED = re.compile(r"(?:^|\s)(?!(?:He|She|They|I|We|It|You|The|A|An|Some|Many|Who)\b)[A-Z]")
# Every so many articles; all of them take a few minutes.
STEP = 4


def articles(step: int = STEP) -> Iterator[tuple[str, str]]:
    """Text and marks of every `step`th article."""
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            stream = archive.extractfile(member)
            if stream and name.suffix in {".txt", ".ann"}:
                kept = texts if name.suffix == ".txt" else marks
                # "title_4e07.ann" is one reader's marks of "title.txt".
                stem = name.stem if kept is texts else name.stem.rsplit("_", 1)[0]
                kept[stem] = stream.read().decode()
    for stem in sorted(texts.keys() & marks.keys())[::step]:
        yield texts[stem], marks[stem]


def sources_at(text: str, marks: str) -> Iterator[tuple[int, str]]:
    """Where each marked cue of speech stands, and the words of its source, if these hold a name."""
    spans = {found[1]: (int(found[3]), int(found[4])) for found in MARK.finditer(marks)}
    for event in EVENT.finditer(marks):
        parts = dict(part.split(":", 1) for part in event[1].split() if ":" in part)
        if "Cue" not in parts or "Source" not in parts:
            continue
        cue, source = spans.get(parts["Cue"]), spans.get(parts["Source"])
        if (
            cue
            and source
            and NAMED.search(words := text[slice(*source)])
            and SAID.search(text[slice(*cue)])
        ):
            yield cue[0], words


def heard(text: str, marks: str) -> Iterator[tuple[str, list[str], str]]:
    """Of each sentence with a named source: itself, its sources, and the speaker we hear."""
    spans = sentences(text)
    sources = list(sources_at(text, marks))
    for span, voice in zip(spans, voices(text, spans), strict=True):
        named = [words for at, words in sources if span.start <= at < span.end]
        if named:
            yield text[span.start : span.end], named, voice.speaker


def is_one_of(speaker: str, named: list[str]) -> bool:
    """Whether the surname that we hear stands among the words of a marked source."""
    surname = speaker.rsplit(maxsplit=1)[-1].lower()
    return any(surname in re.findall(r"[\w-]+", words.lower()) for words in named)


def run(step: int = STEP) -> None:
    """Prints how often the speaker of a sentence is the marked one, another, or nobody."""
    heading("PolNeAR: sentences with a named source")
    if not ARCHIVE.exists():
        tell("  skipped: needs ../shared/data/text/polnear_train.tar.gz")
        return
    right = wrong = nobody = read = 0
    for text, marks in articles(step):
        read += 1
        for _, named, speaker in heard(text, marks):
            same = bool(speaker) and is_one_of(speaker, named)
            right += same
            nobody += not speaker
            wrong += bool(speaker) and not same
    total = right + wrong + nobody
    line("articles", f"{read:,}")
    line("sentences", f"{total:,}")
    for what, count in (("the marked speaker", right), ("another", wrong), ("nobody", nobody)):
        line(what, f"{count / total:.1%}" if total else "–")


if __name__ == "__main__":
    run()
