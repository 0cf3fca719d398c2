"""What every extractor is: the rules (`propose`) are one, a language model (`ModelExtractor`) another."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from claims.extraction.types import Entry, Proposal


class ExtractorError(Exception):
    """An extractor could not read a text; the message says why. Another try may go better."""


class Extractor(Protocol):
    """Reads a text for claims."""

    def __call__(
        self, text: str, *, lexicon: Sequence[Entry], said_on: date, author: str = ""
    ) -> list[Proposal]:
        """The claims of a text, best first, each with its exact quote.

        `lexicon` holds (phrase, low, high), probabilities 0 to 1; dates count from `said_on`.
        Raises ExtractorError where the text could not be read at all.
        """
