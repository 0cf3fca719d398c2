"""Whether two texts are the same: canonical addresses, content hashes, folded words."""

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

MAX_KEY = 2000
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
        return bounded(url)
    if port and port not in {80, 443}:
        host = f"{host}:{port}"
    # As written: decoding would make one of two addresses in an old encoding.
    pairs = [pair for pair in parts.query.split("&") if pair and not _is_tracking(pair)]
    query = "&".join(sorted(pairs))
    key = f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")
    # "#/story/2" tells pages apart, "#comments" does not.
    if parts.fragment.startswith(("/", "!")):
        key += f"#{parts.fragment}"
    return bounded(key)


def bounded(key: str) -> str:
    """As much of a key as an index of the database holds, which counts bytes."""
    if len(key) * 4 <= MAX_KEY or (key.isascii() and len(key) <= MAX_KEY):
        return key
    return key.encode("utf-8", "surrogatepass")[:MAX_KEY].decode("utf-8", "ignore")


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name.startswith("utm_") or name in _TRACKING


def words(text: str) -> list[str]:
    """The words of a text, folded in case and form, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def retold(title: str, other: str) -> bool:
    """Whether a page's new title still tells what its old one told: half of the words of the shorter."""
    mine, theirs = _stems(words(title)), _stems(words(other))
    return len(mine & theirs) >= min(len(mine), len(theirs)) / 2


def numbers(text: str) -> set[str]:
    """The numbers in a text, as written."""
    return set(_NUMBER.findall(unicodedata.normalize("NFKC", text)))


def _stems(of: list[str]) -> set[str]:
    # Five letters see through most endings; words of scripts without spaces are short.
    return {word[:5] for word in of if len(word) > 3} or set(of)
