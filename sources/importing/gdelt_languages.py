"""The language a page was in before GDELT had it translated."""

import re

_SOURCE = re.compile(r"srclc:([a-z]{3})", re.IGNORECASE)
# Three letters of ISO 639 as the two that pages say of themselves.
_SHORT = {
    "ara": "ar",
    "bul": "bg",
    "ces": "cs",
    "dan": "da",
    "deu": "de",
    "ell": "el",
    "est": "et",
    "fas": "fa",
    "fin": "fi",
    "fra": "fr",
    "heb": "he",
    "hin": "hi",
    "hrv": "hr",
    "hun": "hu",
    "ind": "id",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "lav": "lv",
    "lit": "lt",
    "nld": "nl",
    "nor": "no",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "slk": "sk",
    "slv": "sl",
    "spa": "es",
    "sqi": "sq",
    "srp": "sr",
    "swe": "sv",
    "tha": "th",
    "tur": "tr",
    "ukr": "uk",
    "urd": "ur",
    "vie": "vi",
    "zho": "zh",
    "eng": "en",
}


def language_of(translation: str) -> str:
    """The code in GDELT's note on a translation; English is what needed none."""
    found = _SOURCE.search(translation)
    if not found:
        return "en" if not translation.strip() else ""
    code = found[1].lower()
    return _SHORT.get(code, code)
