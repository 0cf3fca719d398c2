"""What tells whether an event bears on a claim: a few measures, weighed by logistic regression."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from claims.matching.types import LONGEST_SETTING, Item, Target
from claims.matching.words import Word, stems_of, weight, words
from sources.vectors import Matrix, sums_of_pieces, unit

# Fitted to news that people graded for claims, and to fact-checks (docs/methods.md); zero is even odds.
# `python -m tests.benchmarks relevance` fits them again. Nobody could fit `should`: it is chosen.
WEIGHTS = {
    "meaning": 2.41,
    "title_meaning": 1.45,
    "nearer": 3.35,
    "told": 0.97,
    "covered": -0.44,
    "titled": 1.05,
    "should": 2.0,
}
BIAS = -6.24

# A claim is compared by so many of its words, those that tell most.
WIDTH = 32
# A title, or a claim, of a word or two would be covered whole by chance; it never weighs less than this.
LEAST_TITLE = 15.0
LEAST_WEIGHT = 25.0
# Okapi BM25 (Robertson and Zaragoza 2009): a long claim shares words by chance; claims have so many.
USUAL_WORDS = 17
K1, B = 1.2, 0.75
# How much the setting of a claim that names nobody counts beside the claim itself; not at all from names on that
# say so much together.
SETTING = 0.75
NAMED = 10.0
# Words per piece of the vocabulary: below the first the vectors do not know the language (Polish .4,
# Chinese .1), from the second on they do (German .5, English .75).
UNKNOWN, KNOWN = 0.44, 0.54


@dataclass(frozen=True, slots=True)
class Weights:
    """What each measure counts, in log-odds, and the log-odds where all are zero."""

    values: Mapping[str, float]
    bias: float

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def odds(self, measured: np.ndarray) -> np.ndarray:
        """The log-odds of pairs by their measures, which lie along the last axis."""
        weights = np.array([self.values[name] for name in WEIGHTS], dtype=np.float32)
        return measured @ weights + np.float32(self.bias)


AS_SHIPPED = Weights(WEIGHTS, BIAS)


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The words of a claim that tell most, heaviest first, what they weigh, and how many words it
    has and what they weigh together."""

    stems: tuple[str, ...]
    weights: tuple[float, ...]
    count: int
    total: float


@dataclass(frozen=True, slots=True)
class Event:
    """An event with the words of its title and those of its summary."""

    item: Item
    title: Sequence[Word]
    rest: Sequence[Word]

    @property
    def whole(self) -> Sequence[Word]:
        """All its words, title first."""
        return [*self.title, *self.rest]


@dataclass(frozen=True, slots=True)
class Events:
    """Events that are compared together: the vectors of their titles and of all their words, one row
    each, and what the words of each title say together. Where no event has a summary both vectors are
    one array."""

    each: Sequence[Event]
    title_meaning: Matrix
    meaning: Matrix
    title_weight: np.ndarray


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a claim and an event, in arrays of one shape.

    `meaning` and `title_meaning` are cosines, shortened where the vectors do not know the language;
    `shared` and `in_title` are what the words, or the words of the title, weigh that both have; `count`
    are the claim's words; `title_weight` is what the title weighs; `should` is the share of what
    analysts said should be there.
    """

    meaning: np.ndarray
    title_meaning: np.ndarray
    shared: np.ndarray
    in_title: np.ndarray
    count: np.ndarray
    total: np.ndarray
    title_weight: np.ndarray
    should: np.ndarray


def measures(pairs: Pairs) -> np.ndarray:
    """The measures of each pair in the order of WEIGHTS, along one more axis.

    meaning, title_meaning: cosine of the static vectors of the claim and of all the event's words, or
    of those of its title; nearer: the larger of both; told: what the shared words tell together, a tenth
    of BM25 with the event as the query; covered: the share of the claim's words, by what each tells, that
    the event has; titled: the share of the title's words, by what each tells,
    that the claim has; should: the share of the words that an analyst said should be there.
    """
    return np.stack(
        [
            pairs.meaning,
            pairs.title_meaning,
            np.maximum(pairs.meaning, pairs.title_meaning),
            pairs.shared * saturation(pairs.count) / 10,
            pairs.shared / np.maximum(pairs.total, LEAST_WEIGHT),
            pairs.in_title / np.maximum(pairs.title_weight, LEAST_TITLE),
            pairs.should,
        ],
        axis=-1,
    )


def saturation(count: np.ndarray) -> np.ndarray:
    """BM25's factor for a word that stands once in a claim of so many words."""
    return (K1 + 1) / (1 + K1 * (1 - B + B * count / USUAL_WORDS))


def word_weights(
    counts: Weights, weights: np.ndarray, count: np.ndarray, total: np.ndarray
) -> np.ndarray:
    """What each word of each claim adds to the log-odds where an event has it anywhere."""
    told = counts["told"] * saturation(count) / 10
    covered = counts["covered"] / np.maximum(total, LEAST_WEIGHT)
    return weights * (told + covered)[:, None]


def claim_words(target: Target) -> ClaimWords:
    """The words of one claim."""
    weights = {stem: weight(stem) for stem in stems_of(words(target.text))}
    heaviest = sorted(weights.items(), key=lambda one: -one[1])[:WIDTH]
    telling = [one for one in heaviest if one[1] > 0]
    stems, heavy = zip(*telling, strict=True) if telling else ((), ())
    return ClaimWords(stems, heavy, len(weights), sum(weights.values()))


def claim_vectors(targets: list[Target]) -> Matrix:
    """The meaning of each claim, one row each, of length 1 at most: of its words, and the less these name
    anybody the more of its setting."""
    texts = [words(one.text) for one in targets]
    own = meanings(texts)
    settings = meanings([words(one.setting[:LONGEST_SETTING]) for one in targets])
    shares = SETTING * np.clip(1 - np.array(list(map(_named, texts))) / NAMED, 0, 1)
    mixed = unit(own + settings * shares.astype(np.float32)[:, None])
    return mixed * np.linalg.norm(own, axis=1, keepdims=True)


def _named(text: Sequence[Word]) -> float:
    """What the names of a text say together: words with a capital, but for the first."""
    names = {word.written: word.weight for word in text[1:] if word.written[0].isupper()}
    return sum(names.values())


def events_of(items: Sequence[Item]) -> Events:
    """Events as they are compared."""
    each = [
        Event(one, words(one.title), words(one.summary) if one.summary else ()) for one in items
    ]
    titles = _sums([one.title for one in each])
    title_meaning = meaning = _meanings(*titles)
    if any(one.rest for one in each):
        rests = _sums([one.rest for one in each])
        meaning = _meanings(*(title + rest for title, rest in zip(titles, rests, strict=True)))
    weights = [sum([word.weight for word in one.title]) for one in each]
    return Events(each, title_meaning, meaning, np.array(weights, dtype=np.float32))


def meanings(texts: Sequence[Sequence[Word]]) -> Matrix:
    """The meaning of each text, one row each: a unit vector, shorter where its language is not known."""
    return _meanings(*_sums(texts))


def _sums(texts: Sequence[Sequence[Word]]) -> tuple[Matrix, np.ndarray, np.ndarray]:
    """For each text the sum of the vectors of its pieces, and how many words and pieces it has."""
    pieces = [list(chain.from_iterable([word.pieces for word in text])) for text in texts]
    return sums_of_pieces(pieces), np.array(list(map(len, texts))), np.array(list(map(len, pieces)))


def _meanings(sums: Matrix, count: np.ndarray, pieces: np.ndarray) -> Matrix:
    known = np.clip((count / np.maximum(pieces, 1) - UNKNOWN) / (KNOWN - UNKNOWN), 0, 1)
    return unit(sums) * known.astype(np.float32)[:, None]
