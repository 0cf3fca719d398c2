"""Words of our own for coded events: who (CAMEO's roles) did what (its twenty root codes)."""

# By root code: with a target, and without one.
DEEDS = {
    "01": ("comments on", "makes a statement"),
    "02": ("appeals to", "makes an appeal"),
    "03": ("offers cooperation to", "offers cooperation"),
    "04": ("consults with", "holds consultations"),
    "05": ("builds diplomatic ties with", "builds diplomatic ties"),
    "06": ("works together with", "works together with others"),
    "07": ("gives aid to", "gives aid"),
    "08": ("yields to", "yields"),
    "09": ("investigates", "opens an investigation"),
    "10": ("makes demands on", "makes demands"),
    "11": ("criticises", "voices disapproval"),
    "12": ("turns down", "refuses"),
    "13": ("threatens", "makes threats"),
    "14": ("protests against", "protests"),
    "15": ("shows military strength towards", "shows military strength"),
    "16": ("cuts back relations with", "cuts back relations"),
    "17": ("puts coercive pressure on", "uses coercion"),
    "18": ("assaults", "commits an assault"),
    "19": ("fights", "fights"),
    "20": ("uses mass violence against", "uses mass violence"),
}
ROLES = {
    "AGR": "farming",
    "BUS": "business",
    "COP": "police",
    "CRM": "criminals",
    "CVL": "civilians",
    "DEV": "development",
    "EDU": "education",
    "ELI": "elites",
    "ENV": "environment",
    "GOV": "government",
    "HLH": "health",
    "HRI": "human rights",
    "IGO": "intergovernmental",
    "IMG": "militants",
    "INS": "insurgents",
    "JUD": "courts",
    "LAB": "labour",
    "LEG": "parliament",
    "MED": "media",
    "MIL": "military",
    "MNC": "companies",
    "MOD": "moderates",
    "NGM": "movements",
    "NGO": "non-governmental",
    "OPP": "opposition",
    "PTY": "party",
    "RAD": "radicals",
    "REB": "rebels",
    "REF": "refugees",
    "SEP": "separatists",
    "SET": "settlers",
    "SPY": "intelligence services",
    "UAF": "armed forces",
}
# Small words that names are not begun with.
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "de", "du", "la", "al"])


def actor(name: str, role: str) -> str:
    """ "RUSSIA" and "GOV" as "Russia (government)"; "" where nobody is named."""
    who = " ".join(
        word.lower() if place and word.lower() in _SMALL else _capital(word)
        for place, word in enumerate(name.split())
    )
    does = ROLES.get(role, "")
    if not does or does.removesuffix("s") in who.lower():
        return who
    return f"{who} ({does})" if who else does.capitalize()


def sentence(first: str, code: str, second: str, place: str) -> str:
    """What happened, in words: "Russia (government) consults with China, Moscow"."""
    towards, alone = DEEDS.get(code[:2], ("does something to", "does something"))
    deed = f"{towards} {second}" if second else alone
    where = f", {place}" if place and place not in {first, second} else ""
    return f"{first or 'Somebody'} {deed}{where}"


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
