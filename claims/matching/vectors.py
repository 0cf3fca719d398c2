"""Static word vectors (wordllama) that ship inside their wheel: meaning without a download.

Loaded at first use, once per process: a quarter of a second and some 40 MB.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import wordllama

DIMENSIONS = 256
# What says the topic stands first; a pasted book does not cost more than an article.
LONGEST_TEXT = 2000
_LETTER = re.compile(r"\w")

type Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@cache
def _model() -> Any:
    folder = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=folder, disable_download=True)


def embed(texts: list[str]) -> Matrix:
    """Unit vectors of texts, one row each; the zero vector for a text without a word."""
    if not texts:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    vectors = _model().embed([text[:LONGEST_TEXT] or " " for text in texts])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    # The model gives even a blank a direction of its own.
    says = np.array([[bool(_LETTER.search(text[:LONGEST_TEXT]))] for text in texts])
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=says & (lengths > 0))
    return np.nan_to_num(unit).astype(np.float32)


def length_of(word: str) -> float:
    """Length of a word's vector; a word of several pieces is rarer, so it counts as longer."""
    pieces = _model().tokenizer.encode(word, add_special_tokens=False).ids
    if not pieces:
        return 0.0
    mean = _model().embedding[pieces].mean(axis=0)
    return float(np.linalg.norm(mean) * len(pieces) ** 0.5)
