"""Made-up commentaries in our own words, and what the demonstration does with the claims in them."""

from datetime import date
from typing import NamedTuple


class BaseRateOf(NamedTuple):
    """A reference class with its probability and source."""

    reference_class: str
    probability: str
    source: str


class Plan(NamedTuple):
    """What becomes of one claim: `words` find its quote in the text; a plan without test stays a draft."""

    key: str
    words: str
    statement: str
    kind: str
    topics: tuple[str, ...] = ("russia-china",)
    held_if: str = ""
    failed_if: str = ""
    condition: str = ""
    metric: str = ""
    threshold: str = ""
    base_rate: BaseRateOf | None = None
    # Empty takes what the text says.
    due_on: date | None = None
    # Where they are not those of the convention.
    checkpoints: tuple[date, ...] = ()
    low: str = ""
    high: str = ""
    # One pair of grades for each checkpoint that has been judged, in order, and the lead's where they disagree.
    grades: tuple[tuple[str, str], ...] = ()
    settled_as: str = ""


class Commentary(NamedTuple):
    """One article and what is done with the claims in it."""

    title: str
    author: str
    publisher: str
    published_on: date
    claimant: str
    affiliation: str
    text: str
    plans: tuple[Plan, ...] = ()


RELATIONS = BaseRateOf(
    "A strategic partnership of two large neighbours keeps its level for three years",
    "0.700",
    "Own count of 40 partnerships, 1990 to 2020; see the desk's note 3",
)
TRADE = BaseRateOf(
    "Yearly trade of two large economies rises by a fifth or more within two years",
    "0.250",
    "Own count from customs figures of 30 pairs of countries, 2000 to 2020",
)
CONTRACTS = BaseRateOf(
    "A large pipeline under negotiation is contracted within two years",
    "0.200",
    "Own count of 25 pipeline projects, 1995 to 2020",
)

MOMENTUM = Commentary(
    title="What holds two neighbours together",
    author="The desk",
    publisher="Harbour Review",
    published_on=date(2023, 3, 22),
    claimant="Ilya Orlov",
    affiliation="Institute for Eastern Studies (made up)",
    text="""\
Ilya Orlov, a regional analyst who has followed both capitals for thirty years, reads the closeness of Moscow and Beijing through the two people at the top. As long as both presidents stay in office and keep their view of the world, he argues, the tone between the two capitals will remain steady and easy to foresee. Orlov says that contentment with this way of governing has a calming effect on relations.

He believes that personal trust at the top drives policy, and that decisions follow what the two leaders conclude in private. Contacts between Moscow and Beijing are frequent and warm, Orlov notes, and practical cooperation rests on them.

In his view, the partnership can weather shocks in the region and beyond it.

Orlov does not claim that the two agree on everything. He suggests that both countries are moving in a compatible direction, each with a foreign policy of its own.

The visit, in his reading, shows that China is aligning more closely with Russia on decisive questions than with the United States.

Complete agreement on every question remains unlikely, he adds, while cooperation in core fields is moving toward greater convergence.

Relations between Russia and China are likely to keep their momentum in the coming years, Orlov expects. Military and technical cooperation has advanced, he observes, and trade in energy has grown markedly together with the pipelines that carry it. Orlov notes that exchanges of students and visitors have gained a larger and more visible part.

Over the long term, his outlook suggests, the two countries will continue to work together in a balanced and resilient way.

This summary follows remarks by Orlov; the wording is the desk's own.
""",
    plans=(
        Plan(
            "tone",
            "As long as both presidents",
            "While both presidents stay in office, relations between Moscow and Beijing stay steady and predictable.",
            "conditional",
            condition="Both presidents stay in office and keep their declared foreign policy.",
            held_if="No recall of ambassadors and no suspended treaty between the two by the due date.",
            failed_if="An ambassador is recalled or a treaty suspended.",
            base_rate=RELATIONS,
            due_on=date(2026, 2, 22),
            low="0.950",
            high="0.990",
            grades=(("held", "held"),),
        ),
        Plan(
            "content",
            "contentment with this way",
            "Contentment with the way of governing calms relations.",
            "assessment",
        ),
        Plan(
            "personal",
            "personal trust at the top",
            "Personal trust at the top drives policy.",
            "assessment",
        ),
        Plan(
            "contacts",
            "frequent and warm",
            "Contacts between Moscow and Beijing are frequent and warm.",
            "assessment",
        ),
        Plan(
            "weathers",
            "can weather shocks",
            "The partnership weathers shocks in the region and beyond.",
            "continuing",
        ),
        Plan(
            "compatible",
            "moving in a compatible direction",
            "Both countries are moving in a compatible direction.",
            "assessment",
        ),
        Plan(
            "closer-than-us",
            "aligning more closely",
            "China aligns more closely with Russia on decisive questions than with the United States.",
            "assessment",
        ),
        Plan(
            "full-agreement",
            "Complete agreement",
            "Russia and China reach complete agreement on every question.",
            "continuing",
            held_if="No recorded vote in the UN General Assembly on which the two differ, in each year.",
            failed_if="They differ in at least one recorded vote a year.",
            base_rate=BaseRateOf(
                "Two partners vote alike in every recorded vote of a year",
                "0.050",
                "UN General Assembly voting records, 1992 to 2022",
            ),
            due_on=date(2025, 3, 22),
            # The second disagreement is left for a lead.
            grades=(("failed", "failed"), ("failed", "mixed")),
        ),
        Plan(
            "convergence",
            "moving toward greater convergence",
            "Cooperation between Russia and China in core fields moves toward greater convergence.",
            "continuing",
            held_if="New joint projects in at least two of energy, payments and arms in each year, none cancelled.",
            failed_if="Projects in two of the three fields stall or are cancelled.",
            base_rate=RELATIONS,
            due_on=date(2025, 3, 22),
            low="0.550",
            high="0.800",
            grades=(("mostly_held", "mixed"), ("held", "mostly_failed")),
            settled_as="mixed",
        ),
        Plan(
            "momentum",
            "likely to keep their momentum",
            "Relations between Russia and China keep their momentum in the coming years.",
            "continuing",
            held_if="Yearly trade above the level of 2022 and at least one meeting of the presidents a year, throughout.",
            failed_if="Either is missed in two years out of three.",
            base_rate=RELATIONS,
            checkpoints=(date(2024, 3, 22), date(2025, 3, 22), date(2026, 3, 22)),
            # The final checkpoint is left for the reviewers.
            grades=(("held", "held"), ("mostly_held", "held")),
        ),
        Plan(
            "military",
            "Military and technical cooperation",
            "Military and technical cooperation has advanced.",
            "assessment",
        ),
        Plan(
            "energy",
            "trade in energy has grown",
            "Trade in energy and its infrastructure have grown markedly.",
            "assessment",
        ),
        Plan(
            "people",
            "exchanges of students",
            "Exchanges of people have gained a larger and more visible part.",
            "assessment",
        ),
        Plan(
            "long-term",
            "continue to work together",
            "Over the long term the two countries continue to work together in a balanced way.",
            "continuing",
            held_if="A meeting of the presidents and a meeting of the prime ministers in every year.",
            failed_if="Two years without either.",
            base_rate=RELATIONS,
            low="0.800",
            high="0.950",
        ),
    ),
)

TRADE_200 = Commentary(
    title="The two hundred billion question",
    author="Marta Quist",
    publisher="Northern Trade Letter",
    published_on=date(2023, 2, 1),
    claimant="Marta Quist",
    affiliation="Northern Trade Letter (made up)",
    text="""\
Customs figures for last year are in. Trade between China and Russia will very likely exceed US$200 billion in 2023. Freight rates are still high.
""",
    plans=(
        Plan(
            "trade-200",
            "exceed US$200 billion",
            "Trade between China and Russia exceeds US$200 billion in 2023.",
            "quantity",
            ("russia-china", "trade"),
            metric="Yearly trade by China's customs, US dollars",
            threshold="more than 200 billion",
            held_if="China's customs report more than US$200 billion for 2023.",
            failed_if="They report US$200 billion or less.",
            base_rate=TRADE,
            due_on=date(2024, 1, 31),
            grades=(("held", "held"),),
        ),
    ),
)

TRADE_250 = Commentary(
    title="Still climbing",
    author="Marta Quist",
    publisher="Northern Trade Letter",
    published_on=date(2024, 1, 20),
    claimant="Marta Quist",
    affiliation="Northern Trade Letter (made up)",
    text="""\
After a record year the direction is clear. Trade between China and Russia is likely to exceed US$250 billion in 2024. Payments are the weak spot to watch.
""",
    plans=(
        Plan(
            "trade-250",
            "exceed US$250 billion",
            "Trade between China and Russia exceeds US$250 billion in 2024.",
            "quantity",
            ("russia-china", "trade"),
            metric="Yearly trade by China's customs, US dollars",
            threshold="more than 250 billion",
            held_if="China's customs report more than US$250 billion for 2024.",
            failed_if="They report US$250 billion or less.",
            base_rate=TRADE,
            due_on=date(2025, 1, 31),
            grades=(("failed", "mostly_failed"),),
        ),
    ),
)

TRADE_220 = Commentary(
    title="The other side of the hill",
    author="Marta Quist",
    publisher="Northern Trade Letter",
    published_on=date(2025, 3, 10),
    claimant="Marta Quist",
    affiliation="Northern Trade Letter (made up)",
    text="""\
Car exports have collapsed, and oil is cheaper than a year ago. Trade between China and Russia will probably fall below US$220 billion in 2025. A recovery may follow.
""",
    plans=(
        Plan(
            "trade-220",
            "fall below US$220 billion",
            "Trade between China and Russia falls below US$220 billion in 2025.",
            "quantity",
            ("russia-china", "trade"),
            metric="Yearly trade by China's customs, US dollars",
            threshold="less than 220 billion",
            held_if="China's customs report less than US$220 billion for 2025.",
            failed_if="They report US$220 billion or more.",
            base_rate=BaseRateOf(
                "Yearly trade of two large economies falls by a tenth or more",
                "0.150",
                "Own count from customs figures of 30 pairs of countries, 2000 to 2020",
            ),
            # Left for the reviewers; later than what is judged, since the queue gives the longest due first.
            due_on=date(2026, 3, 31),
        ),
    ),
)

PIPELINE = Commentary(
    title="A second pipe to the east",
    author="Jon Vale",
    publisher="Energy Quarterly",
    published_on=date(2023, 4, 3),
    claimant="Jon Vale",
    affiliation="Energy Quarterly (made up)",
    text="""\
Talks have dragged on for years. A contract for the Power of Siberia 2 gas pipeline will probably be signed by the end of 2024. The route through Mongolia has been surveyed.
""",
    plans=(
        Plan(
            "pipeline",
            "Power of Siberia 2",
            "A supply contract for the Power of Siberia 2 gas pipeline is signed by the end of 2024.",
            "event",
            ("russia-china", "energy"),
            held_if="Both sides announce a signed supply contract with price and volume.",
            failed_if="No such contract is announced by the due date.",
            base_rate=CONTRACTS,
            due_on=date(2024, 12, 31),
            grades=(("failed", "failed"),),
        ),
    ),
)

SUMMITS = Commentary(
    title="Calendars of power",
    author="Jon Vale",
    publisher="Energy Quarterly",
    published_on=date(2024, 6, 10),
    claimant="Jon Vale",
    affiliation="Energy Quarterly (made up)",
    text="""\
The two presidents keep meeting. It is almost certain that Putin and Xi will meet in person again by the end of 2025. Lower ranks travel as well.
""",
    plans=(
        Plan(
            "meet-again",
            "meet in person again",
            "Putin and Xi meet in person again by the end of 2025.",
            "event",
            ("russia-china", "summits"),
            held_if="A meeting of the two in person is reported by either side.",
            failed_if="None is reported by the due date.",
            base_rate=BaseRateOf(
                "Two allied presidents meet in person within eighteen months",
                "0.900",
                "Own count of visits, 2000 to 2022",
            ),
            due_on=date(2025, 12, 31),
            grades=(("held", "held"),),
        ),
    ),
)

# Left as the extractor proposes it: work for an analyst.
OUTLOOK = Commentary(
    title="What to expect of the coming year",
    author="Marta Quist",
    publisher="Northern Trade Letter",
    published_on=date(2026, 10, 5),
    claimant="Marta Quist",
    affiliation="Northern Trade Letter (made up)",
    text="""\
The year ends on a weak note. Trade between China and Russia is unlikely to return to the level of 2024 by the end of 2027. Quist argues that payments remain the narrow place.

If new sanctions on oil shippers are enforced, exports of Russian crude to China will fall in the coming months. A new agreement on farm exports might follow next year.
""",
)

COMMENTARIES = (MOMENTUM, TRADE_200, TRADE_250, TRADE_220, PIPELINE, SUMMITS, OUTLOOK)
