"""Static word vectors (wordllama) that ship inside their wheel: meaning without a download.

Loaded at first use, once per process: a quarter of a second and some 40 MB.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import batched, chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import wordllama
from scipy.sparse import csr_array

DIMENSIONS = 256
# What says the topic stands first; a pasted book does not cost more than an article.
LONGEST_TEXT = 2000
# Texts that are taken apart at once.
BATCH = 1000
# How the vocabulary marks a piece that begins a word.
WORD_START = "\u2581"
_LETTER = re.compile(r"\w")

type Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@cache
def _model() -> Any:
    folder = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    # Each text is as long as it is: filling up to the longest costs more than the rest.
    model.tokenizer.no_padding()
    return model


def embed(texts: list[str]) -> Matrix:
    """Unit vectors of texts, one row each; the zero vector for a text without a word."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    if not texts:
        return vectors
    for row, pieces in enumerate(_pieces([text[:LONGEST_TEXT] for text in texts])):
        if pieces:
            vectors[row] = _model().embedding[pieces].sum(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    # The model gives even a blank a direction of its own.
    says = np.array([[bool(_LETTER.search(text[:LONGEST_TEXT]))] for text in texts])
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=says & (lengths > 0))
    return np.nan_to_num(unit).astype(np.float32)


def centred(texts: list[str]) -> Matrix:
    """Unit vectors seen from the middle of the vocabulary, one row each; zeros without a word.

    Pieces of words of languages that the vocabulary does not know lie close together, so all texts of
    such a language look alike; seen from the middle they do so less.
    """
    vectors = embed(texts)
    says = vectors.any(axis=1, keepdims=True)
    moved = np.where(says, vectors - _middle(), vectors)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.divide(moved, lengths, out=np.zeros_like(moved), where=lengths > 0)


def _pieces(texts: list[str]) -> Iterator[list[int]]:
    """The numbers of the pieces of words that each text is made of."""
    for some in batched(texts, BATCH):
        read = _model().tokenizer.encode_batch_fast(list(some), add_special_tokens=False)
        yield from (one.ids for one in read)


@cache
def _middle() -> np.ndarray:
    return np.asarray(_model().embedding, dtype=np.float32).mean(axis=0)


def pieces_of(word: str) -> tuple[int, ...]:
    """The pieces of the vocabulary that make a word, by number; a rare word takes several."""
    return tuple(_model().tokenizer.encode(word, add_special_tokens=False).ids)


def sums_of_pieces(texts: Sequence[Sequence[int]]) -> Matrix:
    """Sums of the vectors of pieces, one row for each text; zeros for a text without any.

    They stand along the axes on which the pieces of the vocabulary differ most, the widest first: the
    first half of the numbers tells most of a cosine. Cosines of whole rows are those of `embed`, but for
    pieces that the text does not name, as blanks and full stops.
    """
    ends = np.cumsum([0, *map(len, texts)])
    columns = np.fromiter(chain.from_iterable(texts), dtype=np.int32, count=ends[-1])
    ones = np.ones(len(columns), dtype=np.float32)
    return csr_array((ones, columns, ends), shape=(len(texts), len(_turned()))) @ _turned()


def unit(sums: Matrix) -> Matrix:
    """Each row at length 1; zeros stay zeros."""
    lengths = np.sqrt(np.einsum("rd,rd->r", sums, sums))[:, None]
    return np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 0)


@cache
def _turned() -> Matrix:
    """The vocabulary's vectors along their principal axes."""
    pieces = np.asarray(_model().embedding, dtype=np.float32)
    _, axes = np.linalg.eigh(np.cov(pieces.T))
    return np.ascontiguousarray(pieces @ axes[:, ::-1].astype(np.float32))


def common_words() -> list[str]:
    """Whole words of the model's vocabulary in small letters, about the most common first."""
    pieces = sorted(_model().tokenizer.get_vocab().items(), key=itemgetter(1))
    words = (
        piece.removeprefix(WORD_START).casefold()
        for piece, _ in pieces
        if piece.startswith(WORD_START)
    )
    return list(dict.fromkeys(word for word in words if word.isalpha()))


def length_of(word: str) -> float:
    """Length of a word's vector; a word of several pieces is rarer, so it counts as longer."""
    pieces = _model().tokenizer.encode(word, add_special_tokens=False).ids
    if not pieces:
        return 0.0
    mean = _model().embedding[pieces].mean(axis=0)
    return float(np.linalg.norm(mean) * len(pieces) ** 0.5)
