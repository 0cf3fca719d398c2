"""Dated facts of 2022 to 2026 in our own sentences, and the claims they bear on.

Keys of `bears_on` are those of `commentaries`; values are stances from -2 (strongly undermines) to 2.
US dollar figures are China's customs statistics.
"""

from datetime import date
from typing import NamedTuple


class Fact(NamedTuple):
    """One event as a publisher reported it."""

    on: date
    publisher: str
    title: str
    summary: str
    bears_on: dict[str, int]


CUSTOMS = "General Administration of Customs of China"
KREMLIN = "Press service of the President of Russia"

# Reliability of the publishers that the desk has graded, with the reason.
GRADES = {
    CUSTOMS: ("B", "Official statistics, revised in the open; partner figures differ in places."),
    KREMLIN: ("C", "Reliable on who met whom and what was signed, not on what was left out."),
    "Reuters": ("A", "Corrections are published; named sources for most of what the desk used."),
    "Financial Times": ("A", "Corrections are published; unnamed sources are described."),
    "Gazprom": ("C", "A party to the matter: sound on volumes, hopeful on contracts."),
}

FACTS = (
    Fact(
        date(2022, 2, 4),
        KREMLIN,
        "Putin and Xi declare a friendship without limits in Beijing",
        "Meeting before the Olympic opening, the two presidents sign a joint statement on Russia-China relations.",
        {"momentum": 2},
    ),
    Fact(
        date(2022, 3, 2),
        "United Nations",
        "China abstains as the General Assembly condemns the invasion of Ukraine",
        "Resolution ES-11/1 passes by a large majority. China does not vote with Russia but abstains.",
        {"full-agreement": 1, "convergence": -1},
    ),
    Fact(
        date(2022, 5, 24),
        "Ministry of Defence of Japan",
        "Russian and Chinese bombers patrol together over the Sea of Japan",
        "The joint patrol takes place while leaders of the Quad meet in Tokyo.",
        {"military": 1},
    ),
    Fact(
        date(2022, 9, 15),
        KREMLIN,
        "Putin acknowledges China's questions and concerns over Ukraine",
        "At the summit in Samarkand the Russian president says he understands the concerns of his Chinese colleague.",
        {"full-agreement": 1, "convergence": -1},
    ),
    Fact(
        date(2023, 1, 13),
        CUSTOMS,
        "Trade between China and Russia reaches US$190.3 billion in 2022",
        "Customs figures show yearly trade between Russia and China up 29 percent, a record.",
        {"momentum": 1, "energy": 1},
    ),
    Fact(
        date(2023, 2, 24),
        "Ministry of Foreign Affairs of China",
        "China publishes a position on Ukraine in twelve points",
        "The paper speaks for the sovereignty of all countries and against sanctions; it does not name Russia.",
        {"full-agreement": 1},
    ),
    Fact(
        date(2023, 3, 21),
        KREMLIN,
        "Xi Jinping in Moscow on a state visit; two joint statements signed",
        "Presidents Putin and Xi sign statements on deepening the partnership and on economic cooperation until 2030.",
        {"contacts": 2, "closer-than-us": 1, "momentum": 2},
    ),
    Fact(
        date(2023, 5, 24),
        "Government of the Russian Federation",
        "Prime Minister Mishustin signs agreements in Beijing",
        "Russia and China agree on trade in services, sport and farm exports during the visit.",
        {"momentum": 1},
    ),
    Fact(
        date(2023, 10, 18),
        KREMLIN,
        "Putin speaks at the third Belt and Road Forum in Beijing",
        "He meets Xi Jinping for talks on trade, energy and cooperation between China and Russia.",
        {"contacts": 1, "momentum": 1},
    ),
    Fact(
        date(2024, 1, 12),
        CUSTOMS,
        "Trade between China and Russia reaches US$240.1 billion in 2023",
        "Customs figures show yearly trade between Russia and China up 26 percent, a new record.",
        {"momentum": 2, "energy": 1, "trade-200": 2},
    ),
    Fact(
        date(2024, 2, 15),
        "Reuters",
        "Chinese banks tighten or refuse payments from Russia",
        "After the United States order of December 2023, payments between Russia and China slow in early 2024 as banks fear sanctions.",
        {"convergence": -1, "momentum": -1, "weathers": -1, "trade-250": -1},
    ),
    Fact(
        date(2024, 5, 16),
        KREMLIN,
        "Putin in Beijing; joint statement on deepening the partnership",
        "Putin and Xi mark 75 years of relations between Russia and China on the first foreign trip of the new term.",
        {"tone": 1, "contacts": 1, "momentum": 1},
    ),
    Fact(
        date(2024, 6, 2),
        "Financial Times",
        "Power of Siberia 2 stalls over China's demands on price and volume",
        "The gas pipeline deal between Russia and China is stuck, people familiar with the talks say.",
        {"convergence": -1, "momentum": -1, "energy": -1, "pipeline": -2},
    ),
    Fact(
        date(2024, 7, 24),
        "North American Aerospace Defense Command",
        "Russian and Chinese bombers fly together near Alaska",
        "The joint flight stays in international airspace; it is the first of its kind there.",
        {"military": 1},
    ),
    Fact(
        date(2024, 10, 22),
        KREMLIN,
        "Putin and Xi meet at the BRICS summit in Kazan",
        "The two presidents call relations between Russia and China a factor of stability.",
        {"contacts": 1},
    ),
    Fact(
        date(2024, 12, 1),
        "Gazprom",
        "Power of Siberia reaches its full contract level of 38 billion cubic metres a year",
        "Daily gas supplies to China rise to the highest level of the contract ahead of schedule.",
        {"energy": 1},
    ),
    Fact(
        date(2025, 1, 13),
        CUSTOMS,
        "Trade between China and Russia reaches US$244.8 billion in 2024",
        "Customs figures show yearly trade between Russia and China up 1.9 percent, far slower than before.",
        {"momentum": 0, "trade-250": -2},
    ),
    Fact(
        date(2025, 5, 8),
        KREMLIN,
        "Xi Jinping in Moscow; joint statement before the parade",
        "Xi holds talks with Putin on relations between China and Russia and attends the Victory Day parade the next day.",
        {"tone": 1, "contacts": 1, "momentum": 1},
    ),
    Fact(
        date(2025, 8, 1),
        "Ministry of National Defense of China",
        "Russian and Chinese navies exercise together near Vladivostok",
        "The joint exercise is followed by a joint patrol in the Pacific.",
        {"military": 1},
    ),
    Fact(
        date(2025, 9, 2),
        "Gazprom",
        "Gazprom announces a binding memorandum on Power of Siberia 2",
        "Price is to be agreed apart; the gas pipeline would carry 50 billion cubic metres a year from Russia to China.",
        {"momentum": 1, "energy": 1},
    ),
    Fact(
        date(2025, 9, 15),
        "Ministry of Foreign Affairs of China",
        "China begins a one-year trial of visa-free travel for Russian citizens",
        "Holders of ordinary passports may stay for up to 30 days.",
        {"people": 1},
    ),
    Fact(
        date(2025, 10, 23),
        "Reuters",
        "Chinese state oil firms pause purchases of seaborne Russian oil",
        "The pause follows United States sanctions on Rosneft and Lukoil.",
        {"weathers": -1, "energy": -1},
    ),
    Fact(
        date(2026, 1, 14),
        CUSTOMS,
        "Trade between China and Russia falls to about US$228 billion in 2025",
        "Customs figures show yearly trade between Russia and China down some 7 percent, the first fall since 2020.",
        {"momentum": -2, "energy": -1, "trade-220": -2},
    ),
)
