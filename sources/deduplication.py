"""Which documents tell the same story: stable fingerprints, and the exact check after they meet."""

import hashlib
import re
import unicodedata
from itertools import pairwise
from urllib.parse import urlsplit

import numpy as np

MAX_KEY = 2000
BANDS = 5
ROWS = 2
# A shorter title ("Live updates", "The Morning Risk Report") does not name one story.
TELLING_TITLE = 5
# A shorter summary ("Watch the video") stands under any story.
TELLING_SUMMARY = 8
_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "cmpid",
        "cmp",
        "ito",
        "ns_mchannel",
        "ns_source",
        "ns_campaign",
        "ns_linkname",
        "ns_fee",
        "at_medium",
        "at_campaign",
        "ref_src",
        "ocid",
        "smid",
        "smtyp",
        "partner",
        "feedtype",
        "traffic_source",
        "xtor",
        "icid",
        "spm",
        "taid",
        "__twitter_impression",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "_ga",
        "_gl",
        "oly_anon_id",
        "oly_enc_id",
        "vero_id",
    ]
)
# Scripts written without spaces: each character counts as a word.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def content_hash(title: str, text: str) -> str:
    """The SHA-256 of title and text, in hexadecimal."""
    return hashlib.sha256(f"{title}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def url_key(url: str) -> str:
    """The address without what does not tell pages apart; "" for ""."""
    url = url.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url[:MAX_KEY]
    if port and port not in {80, 443}:
        host = f"{host}:{port}"
    # As written: decoding would make one of two addresses in an old encoding.
    pairs = [pair for pair in parts.query.split("&") if pair and not _is_tracking(pair)]
    query = "&".join(sorted(pairs))
    key = f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
    # "#/story/2" tells pages apart, "#comments" does not.
    if parts.fragment.startswith(("/", "!")):
        key += f"#{parts.fragment}"
    return key[:MAX_KEY]


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name.startswith("utm_") or name in _TRACKING


def words(text: str) -> list[str]:
    """The words of a text, folded in case and form, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def bands(title: str, summary: str) -> list[int]:
    """At most 12 signed 64-bit integers; near copies share at least one.

    MinHash in bands over the title and over all words, besides the whole title and summary.
    """
    title_words, summary_words = words(title), words(summary)
    found = _min_hashed("title", title_words) if len(title_words) >= TELLING_TITLE else []
    if len(title_words) >= TELLING_TITLE:
        found.append(_digest("whole title " + " ".join(title_words)))
    if len(summary_words) >= TELLING_SUMMARY:
        found.append(_digest("whole summary " + " ".join(summary_words)))
    return found + _min_hashed("all", title_words + summary_words)


def same_story(title: str, summary: str, other_title: str, other_summary: str) -> bool:
    """Whether two documents are copies or light rewrites of one story.

    In doubt they are not: a copy kept apart costs a glance, a story merged away is lost.
    """
    if _conflict(numbers(title), numbers(other_title)):
        return False
    mine, theirs = _Wording(title, summary), _Wording(other_title, other_summary)
    alike = _similarity(mine.summary, theirs.summary)
    if alike >= 0.3 and _conflict(numbers(summary), numbers(other_summary)):
        return False
    if mine.title == theirs.title:
        return len(mine.title) >= TELLING_TITLE or alike >= 0.6
    if not mine.summary or not theirs.summary:
        return _same_headline(mine, theirs)
    return alike >= 0.6 and not _names_differ(mine, theirs) and _same_subject(mine, theirs)


def retold(title: str, other: str) -> bool:
    """Whether a page's new title still tells what its old one told: half of the words of the shorter."""
    mine, theirs = _stems(words(title)), _stems(words(other))
    return len(mine & theirs) >= min(len(mine), len(theirs)) / 2


def numbers(text: str) -> set[str]:
    """The numbers in a text, as written."""
    return set(_NUMBER.findall(unicodedata.normalize("NFKC", text)))


class _Wording:
    """The words of a document, and the stems of those that carry meaning."""

    def __init__(self, title: str, summary: str) -> None:
        self.title, self.summary = words(title), words(summary)
        self.title_stems, self.summary_stems = _stems(self.title), _stems(self.summary)
        self.stems = self.title_stems | self.summary_stems


def _conflict(mine: set[str], theirs: set[str]) -> bool:
    """Whether each side has a number of its own; one that only says more does not contradict."""
    return bool(mine - theirs) and bool(theirs - mine)


def _same_headline(mine: _Wording, theirs: _Wording) -> bool:
    """Whether titles alone tell one story: long, alike, and no word exchanged for another."""
    if min(len(mine.title), len(theirs.title)) < TELLING_TITLE:
        return False
    exchanged = mine.title_stems - theirs.title_stems and theirs.title_stems - mine.title_stems
    return not exchanged and _similarity(mine.title, theirs.title) >= 0.6


def _names_differ(mine: _Wording, theirs: _Wording) -> bool:
    """Whether title and summary insist on words that the other lacks, on both sides."""
    my_own = mine.title_stems & mine.summary_stems - theirs.stems
    return bool(my_own and theirs.title_stems & theirs.summary_stems - mine.stems)


def _same_subject(mine: _Wording, theirs: _Wording) -> bool:
    """Whether a shared summary belongs to both titles, and is no boilerplate or caption."""
    if _overlap(mine.title_stems, theirs.title_stems) >= 0.5:
        return True
    if min(len(mine.summary), len(theirs.summary)) < TELLING_SUMMARY:
        return False
    shared = mine.summary_stems & theirs.summary_stems
    covered = sorted(
        len(stems & shared) / (len(stems) or 1) for stems in (mine.title_stems, theirs.title_stems)
    )
    return covered[0] >= 0.2 and covered[1] >= 0.7


def _stems(of: list[str]) -> set[str]:
    # Five letters see through most endings; words of scripts without spaces are short.
    return {word[:5] for word in of if len(word) > 3} or set(of)


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _shingles(of: list[str]) -> set[str]:
    if len(of) < 2:
        return set(of)
    return {f"{first} {second}" for first, second in pairwise(of)}


def _similarity(mine: list[str], theirs: list[str]) -> float:
    return _overlap(_shingles(mine), _shingles(theirs))


def _digest(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


# One odd multiplier per row of every band, drawn from a digest so that all processes agree.
_FACTORS = np.array([_digest(f"factor {n}") | 1 for n in range(BANDS * ROWS)], dtype=np.int64).view(
    np.uint64
)[:, np.newaxis]


def _min_hashed(kind: str, of: list[str]) -> list[int]:
    """One integer per band; two lists share one with probability 1 - (1 - s²)⁵ at similarity s."""
    shingles = _shingles(of)
    if not shingles:
        return []
    hashes = np.array([_digest(shingle) for shingle in shingles], dtype=np.int64).view(np.uint64)
    mixed = hashes * _FACTORS
    minima = ((mixed ^ (mixed >> np.uint64(29))) * _FACTORS).min(axis=1).reshape(BANDS, ROWS)
    return [_digest(f"{kind} {band} {row.tolist()}") for band, row in enumerate(minima)]
