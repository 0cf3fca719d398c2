"""Which reports are compared: of those behind a report's clues the ones that share most of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

import numpy as np

from sources.gathering.clues import Clues
from sources.gathering.wording import runs

# So many reports arrive, and are stored, in one go.
BATCH = 1000
# Of the reports that share clues, those that share most are looked at.
LOOKED_AT = 12
# Of the reports behind one clue the last are looked at, so that no clue costs more than another.
BEHIND_A_CLUE = 16

_DAY = 86_400
_EPOCH = date(1970, 1, 1)

# Pairs: places of reports, and the others that they are looked at with (places or numbers).
type Pairs = tuple[np.ndarray, np.ndarray]
# The last reports behind each of these clues around a day, at most BEHIND_A_CLUE of each.
type Behind = Callable[[date, Sequence[int]], Mapping[int, Sequence[int]]]


def stored(clues: Clues, at: np.ndarray, behind: Behind) -> Pairs:
    """Pairs of new reports (by place) and stored ones (by number), one for each clue that they share.

    `at`: when each new report was published, in seconds since 1970.
    """
    days = at // _DAY
    found = [_none()]
    for day in np.unique(days).tolist():
        asked = clues.of(days == day)
        known = behind(_EPOCH + timedelta(days=day), np.unique(asked.clues).tolist())
        found.append(_joined(asked, known))
    return _together(found)


def earlier(clues: Clues) -> Pairs:
    """Pairs of reports that come at once, each with the last ones before it, one for each shared clue."""
    order = np.lexsort((clues.rows, clues.clues))
    rows, found = clues.rows[order], clues.clues[order]
    pairs = [_none()]
    for back in range(1, min(BEHIND_A_CLUE, len(rows)) + 1):
        same = found[back:] == found[:-back]
        pairs.append((rows[back:][same], rows[:-back][same]))
    return _together(pairs)


def most_shared(rows: np.ndarray, others: np.ndarray) -> Pairs:
    """Of pairs, one for each shared clue, those that share most: each once, LOOKED_AT at most a report.
    Of others with as much in common the last come first."""
    span = int(others.max()) + 1 if len(others) else 1
    pairs, shared = np.unique(rows * span + others, return_counts=True)
    rows, others = np.divmod(pairs, span)
    order = np.lexsort((-others, -shared, rows))
    rows, others = rows[order], others[order]
    kept = np.arange(len(rows)) - np.searchsorted(rows, rows) < LOOKED_AT
    return rows[kept], others[kept]


def _joined(asked: Clues, known: Mapping[int, Sequence[int]]) -> Pairs:
    """The clues of reports put together with the reports that stand behind them."""
    clues = np.array(sorted(known), np.int64)
    behind = [known[clue] for clue in clues.tolist()]
    sizes = np.array([len(one) for one in behind], np.int64)
    reports = np.fromiter(chain.from_iterable(behind), np.int64, count=int(sizes.sum()))
    hit = np.isin(asked.clues, clues)
    place = np.searchsorted(clues, asked.clues[hit])
    taken = runs((np.cumsum(sizes) - sizes)[place], sizes[place])
    return np.repeat(asked.rows[hit], sizes[place]), reports[taken]


def _none() -> Pairs:
    return np.empty(0, np.int64), np.empty(0, np.int64)


def _together(found: Sequence[Pairs]) -> Pairs:
    rows, others = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(others)
