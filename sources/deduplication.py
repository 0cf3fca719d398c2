"""Which documents tell the same story: stable fingerprints, and the exact check after they meet."""

import hashlib
import re
import unicodedata
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from numpy.typing import NDArray

BANDS = 10
ROWS = 2
# A shorter title ("Live updates", "Morning briefing") says too little to name one story.
TELLING_WORDS = 4
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
        return url
    if port and port not in {80, 443}:
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not _is_tracking(pair[0])))
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def _is_tracking(name: str) -> bool:
    name = name.lower()
    return name.startswith("utm_") or name in _TRACKING


def words(text: str) -> list[str]:
    """The words of a text, folded in case and form, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def bands(title: str, summary: str) -> list[int]:
    """At most 12 signed 64-bit integers; near copies share at least one (MinHash in bands)."""
    title_words, summary_words = words(title), words(summary)
    found = []
    if len(title_words) >= TELLING_WORDS:
        found.append(_digest("title " + " ".join(title_words)))
    shingles = _shingles(title_words + summary_words)
    if shingles:
        hashes = np.array([_digest(shingle) for shingle in sorted(shingles)], dtype=np.int64)
        minima = _mixed(hashes.view(np.uint64)).min(axis=1).reshape(BANDS, ROWS)
        found += [_digest(f"band {n} {row.tolist()}") for n, row in enumerate(minima)]
    return found


def same_story(title: str, summary: str, other_title: str, other_summary: str) -> bool:
    """Whether two documents are copies or light rewrites of one story."""
    mine, theirs = words(title), words(other_title)
    if numbers(title) != numbers(other_title):
        return False
    if mine == theirs and len(mine) >= TELLING_WORDS:
        return True
    together = _similarity(mine + words(summary), theirs + words(other_summary))
    return together >= 0.6 and (mine == theirs or _similarity(mine, theirs) >= 0.3)


def numbers(text: str) -> list[str]:
    """The numbers in a text, sorted, as written."""
    return sorted(_NUMBER.findall(unicodedata.normalize("NFKC", text)))


def _shingles(of: list[str]) -> set[str]:
    if len(of) < 2:
        return set(of)
    return {f"{first} {second}" for first, second in pairwise(of)}


def _similarity(mine: list[str], theirs: list[str]) -> float:
    one, other = _shingles(mine), _shingles(theirs)
    return len(one & other) / (len(one | other) or 1)


def _digest(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


# One odd multiplier per row of every band, drawn once from a digest so that all processes agree.
_FACTORS = np.array([_digest(f"factor {n}") | 1 for n in range(BANDS * ROWS)], dtype=np.int64).view(
    np.uint64
)[:, np.newaxis]


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = hashes * _FACTORS
    return (mixed ^ (mixed >> np.uint64(29))) * _FACTORS
