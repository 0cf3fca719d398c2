"""How independent the reports of one event are: in how many wordings, by how many publishers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_bipartite_matching

from sources.deduplication import words

# A text is the same as a longer one where that has half of its runs of three words.
RUN = 3
SHARED = 0.5
# An agency's words are copied from the top; what stands below may be the paper's own.
READ_CHARACTERS = 800
READ_WORDS = 100
# Of the wordings that have a run the longest are looked at, so that no run costs more than another.
BEHIND_A_RUN = 30
AGENCIES = {
    "Reuters": ("reuters", "thomson reuters"),
    "AP": ("ap", "associated press", "the associated press"),
    "AFP": ("afp", "agence france-presse"),
    "dpa": ("dpa", "deutsche presse-agentur"),
    "EFE": ("efe",),
    "ANSA": ("ansa",),
    "UPI": ("upi", "united press international"),
    "TASS": ("tass",),
    "Interfax": ("interfax",),
    "Xinhua": ("xinhua", "xinhua news agency"),
    "Kyodo": ("kyodo", "kyodo news"),
    "Yonhap": ("yonhap", "yonhap news agency"),
}
_NAMED = {name: agency for agency, names in AGENCIES.items() for name in names}
# "OSLO, March 3 (Reuters) - …", and "(AP)" as the last words. "(AP)" within a sentence may be a party.
_CREDIT = re.compile(
    rf"\(({'|'.join(map(re.escape, _NAMED))})\)\s*(?:[-\u2013\u2014]|\.?\s*\Z)", re.IGNORECASE
)


@dataclass(frozen=True)
class Told:
    """What one report says, and who says so: publisher and author by name, "" where not known."""

    publisher: str
    title: str
    text: str
    author: str = ""

    @property
    def agency(self) -> str:
        """The agency that this report is credited to, or comes from; "" where none is named."""
        for name in (self.publisher, self.author):
            if agency := _NAMED.get(name.strip().casefold()):
                return agency
        found = _CREDIT.search(self.text[:READ_CHARACTERS])
        return _NAMED[found[1].casefold()] if found else ""


@dataclass(frozen=True)
class Independence:
    """In whose words an event was reported.

    `wording_of` gives the wording of each report, by place, numbered as they first appear.
    `at_most` counts reports no two of which share a publisher, or a wording, or an agency. The
    publishers that are not known, of `unnamed` reports, count as one.
    """

    wording_of: tuple[int, ...]
    publishers: int
    unnamed: int
    wordings: int
    at_most: int


def independence(reports: Sequence[Told]) -> Independence:
    """How independent these reports are."""
    wording_of = _wordings([_runs(one) for one in reports])
    origin_of = _origins(wording_of, [one.agency for one in reports])
    publisher_of = _numbered([one.publisher for one in reports])
    return Independence(
        wording_of=tuple(wording_of),
        publishers=len(set(publisher_of)),
        unnamed=sum(not one.publisher for one in reports),
        wordings=len(set(wording_of)),
        at_most=_most_apart(publisher_of, origin_of),
    )


type Runs = frozenset[int]


def _runs(report: Told) -> Runs:
    """The runs of three words in title and text, each as a number that is the same in all processes."""
    runs: set[int] = set()
    for text in (report.title, report.text[:READ_CHARACTERS]):
        said = words(text)[:READ_WORDS]
        ends = range(max(len(said) - RUN, 0) + 1) if said else ()
        runs.update(_number(" ".join(said[at : at + RUN])) for at in ends)
    return frozenset(runs)


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _wordings(texts: Sequence[Runs]) -> list[int]:
    """The number of each text's wording.

    The longest text is a wording; each shorter one is the same as the wording it shares most with, or
    one of its own. So their order does not matter, and no text is compared with all others.
    """
    wording: dict[Runs, int] = {}
    behind: defaultdict[int, list[int]] = defaultdict(list)
    for number, runs in enumerate(sorted(set(texts), key=lambda one: (-len(one), sorted(one)))):
        shared = Counter(known for run in runs for known in behind.get(run, ()))
        likest = min(shared, key=lambda known: (-shared[known], known), default=None)
        if likest is not None and shared[likest] >= SHARED * len(runs):
            wording[runs] = likest
            continue
        wording[runs] = number
        for run in runs:
            if len(behind[run]) < BEHIND_A_RUN:
                behind[run].append(number)
    return _numbered([wording[runs] for runs in texts])


def _origins(wording_of: Sequence[int], agencies: Sequence[str]) -> list[int]:
    """The wordings by number, those that are credited to one agency as one."""
    credited = [pair for pair in zip(wording_of, agencies, strict=True) if pair[1]]
    total = len(set(wording_of))
    agency_of = _numbered([agency for _, agency in credited])
    pairs = _links([one for one, _ in credited], [total + one for one in agency_of])
    size = total + len(set(agency_of))
    pairs.resize((size, size))
    _, labels = connected_components(pairs, directed=False)
    return [int(labels[one]) for one in wording_of]


def _most_apart(publishers: Sequence[int], origins: Sequence[int]) -> int:
    """The most pairs of a publisher and an origin of which no two share either."""
    if not publishers:
        return 0
    return int((maximum_bipartite_matching(_links(publishers, origins)) >= 0).sum())


def _links(ones: Sequence[int], others: Sequence[int]) -> csr_array:
    shape = (max(ones, default=0) + 1, max(others, default=0) + 1)
    return csr_array((np.ones(len(ones)), (ones, others)), shape=shape)


def _numbered[Label](labels: Sequence[Label]) -> list[int]:
    """A number for each label, in the order in which they first appear."""
    numbers: dict[Label, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]
