"""Short articles written for these tests, each with a way of its own to say who thinks what."""

CENTRAL_BANK = """Bank holds rates
By Lena Okafor

The central bank left its main rate at 4.5% on Thursday. Inflation fell to 3.1% in March.

Anna Roth, chief economist at Hale Capital, said the bank would cut rates before September 2026. \
“Services inflation is very likely to stay above 4% this year,” she said. “That will keep the \
committee cautious.”

Governor Tomas Lind told reporters that the decision was unanimous. He does not expect a \
recession. According to the finance ministry, growth will reach 1.8% in 2027.

Analysts at Norden Bank see a 60% chance of a cut by June 2026. Shares closed higher."""

ELECTION = """The opposition is unlikely to win an outright majority at the election in \
November 2026, said Peter Hallam, a pollster at Civic Lens. If turnout falls below 60%, the \
Liberals will lose at least ten seats, he added.

Hallam argues that the party has lost its base because it ignored the small towns. His rival \
Maria Dosta thinks that the polls understate the Greens. "The Greens may well double their \
share," Dosta said.

Who will lead the next government? Voting took place in nine regions last time."""

TECHNOLOGY = """Chips have become the main field of rivalry. The firm announced that its factory \
in Dresden would open in the first quarter of 2028. Engineers say the process is faster than \
anything built before.

Dr. Ines Vega of the Polar Institute warned: “Without cooling, it probably won’t work.” The chips \
were likely made in 2024. Rivals are expected to follow in the coming months."""

COLUMN = """I have been wrong about house prices before. We bought at the top in 2007. But I think \
prices will fall over the next two years. In my view, the market is driven by fear rather than by \
wages.

There is a good deal of talk about supply. It matters less than people believe. The council's \
plan could help, but it is almost certain to be late."""

NEWS = """Fire destroys warehouse in harbour

A fire destroyed a warehouse in the harbour on Tuesday night. Nobody was hurt. Police said the \
fire started shortly after eleven. The owner told the Courier that the building was empty. Some \
40 firefighters were at the scene, and two ships were moved.

"We heard a loud bang," said Jo Lind, who lives nearby. Officials are looking into the cause. Why \
it spread so fast is not known. The warehouse was built in 1962."""

ACCOUNT = """The argument suggests that as long as the two ministers stay in office, the pact \
will hold. This reading rests on the premise that trust between them drives the talks. Ferro \
notes that their meetings have become longer. He suggests that both sides are drawing closer.
The essay stresses that although a treaty is very unlikely, the direction of policy points \
toward shared rules. Long-term prospects point to steady trade between the ports."""

ALL = (CENTRAL_BANK, ELECTION, TECHNOLOGY, COLUMN, NEWS, ACCOUNT)
