"""A stream of made-up news as a desk gets it: common and rare words, stories told several times."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

START = datetime(2026, 3, 2, tzinfo=UTC)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiouy"]
VOCABULARY = 40_000
# Of the items so many tell of a story that was told before, some in its very words.
TOLD_AGAIN, COPIED = 0.3, 0.1


def lines(count: int, *, seed: int, days: float) -> Iterator[bytes]:
    """So many items as JSON Lines, spread over days from START."""
    chance = np.random.default_rng(seed)
    ranks = chance.zipf(1.3, size=count * 40) % VOCABULARY
    stories: list[tuple[list[int], list[int]]] = []
    for number in range(count):
        words = ranks[number * 40 : number * 40 + 40].tolist()
        topic = [*chance.integers(500, VOCABULARY, 5).tolist(), *words[:4]]
        title, text = topic, words[4:]
        if stories and chance.random() < TOLD_AGAIN:
            told = stories[-1 - int(chance.integers(min(len(stories), 2000)))]
            rewritten = (told[0][:5] + words[:4], told[1][:10] + words[10:34])
            title, text = told if chance.random() < COPIED else rewritten
        stories.append((title, text))
        at = START + timedelta(days=days * number / count)
        yield json.dumps(_item(number, seed, title, text, at)).encode() + b"\n"


def written(path: Path, count: int, *, seed: int, days: float) -> Path:
    """A file of so many items."""
    with path.open("wb") as file:
        file.writelines(lines(count, seed=seed, days=days))
    return path


def _item(
    number: int, seed: int, title: list[int], text: list[int], at: datetime
) -> dict[str, str]:
    return {
        "title": " ".join(map(_word, title)).capitalize(),
        "text": " ".join(map(_word, text)).capitalize() + ".",
        "date": at.isoformat(),
        "link": f"https://paper{number % 97}.example/{seed}/{number}",
        "source": f"https://paper{number % 97}.example/feed",
        "language": "en",
    }


def _word(rank: int) -> str:
    """A word of two or three syllables, each another one; the commonest are the shortest."""
    rest, last = divmod(rank, len(SYLLABLES))
    first, middle = divmod(rest, len(SYLLABLES))
    parts = [last, middle, first] if first else [last, middle]
    return "".join(SYLLABLES[part] for part in parts)
