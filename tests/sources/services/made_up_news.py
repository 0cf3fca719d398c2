"""A morning's made-up news in two languages, some of it told by several papers."""

from datetime import UTC, datetime, timedelta

from sources.importing import Item

AT = datetime(2026, 3, 2, 6, tzinfo=UTC)
# For each development the reports of it, a title and a text each.
DEVELOPMENTS = (
    (
        (
            "Ministers agree to extend the grain corridor by sixty days",
            "Both countries agreed on Tuesday to keep the corridor open, a spokesman said in Geneva.",
        ),
        (
            "Grain corridor extended by 60 days, ministers say",
            "The corridor for grain ships stays open for another sixty days after talks in Geneva.",
        ),
        (
            "Deal reached in Geneva on corridor for grain exports",
            "Ministers agreed to extend the grain corridor by sixty days.",
        ),
    ),
    (
        (
            "Fire destroys the old market hall of Tolmar",
            "The wooden hall of 1890 burnt down in the night to Tuesday. Nobody was hurt.",
        ),
        (
            "Tolmar's market hall burns down in night fire",
            "A fire destroyed the wooden market hall of Tolmar, built in 1890; nobody was hurt.",
        ),
    ),
    (
        (
            "Bank of Aland leaves its rate unchanged at four percent",
            "The central bank said that prices rise more slowly than it had expected in the winter.",
        ),
        (
            "Aland's central bank keeps rate at 4 percent as prices slow",
            "The Bank of Aland left its main rate unchanged at four percent.",
        ),
        (
            "Bank of Aland holds rate at four percent",
            "Governor Velt said prices rise more slowly than expected.",
        ),
    ),
    (
        (
            "Rover finds traces of water in a crater on Mars",
            "The rover Umbrik drilled into clay that formed under a lake, the agency said.",
        ),
    ),
    (
        (
            "Vranik beat Quessel 3-1 in the cup final",
            "Two goals by Obrint in the second half decided the final before 40,000 people.",
        ),
        (
            "Obrint scores twice as Vranik win the cup final against Quessel",
            "Vranik won the cup final 3-1; Obrint scored two goals in the second half.",
        ),
    ),
    (
        (
            "Teachers in the north go on strike for a week",
            "The union of teachers wants smaller classes; schools stay closed until Monday.",
        ),
    ),
    (
        (
            "Novelist Anna Roth dies at the age of 91",
            "The author of The Salt Road died at her home in Omsted, her family said.",
        ),
        (
            "Anna Roth, author of The Salt Road, has died aged 91",
            "The novelist died at home in Omsted.",
        ),
    ),
    (
        (
            "Verkehrsminister kündigt Sperrung der Rheinbrücke an",
            "Die Brücke bei Neuwerth wird ab Montag für drei Monate gesperrt, sagte der Minister.",
        ),
        (
            "Rheinbrücke bei Neuwerth ab Montag gesperrt",
            "Der Verkehrsminister kündigte an, dass die Brücke für drei Monate gesperrt wird.",
        ),
    ),
    (
        (
            "Bahnhof von Altensee nach Unwetter überflutet",
            "Im Tunnel stand das Wasser einen Meter hoch, Züge fielen den ganzen Tag aus.",
        ),
        (
            "Unwetter überflutet Bahnhof in Altensee, Züge fallen aus",
            "Das Wasser stand im Tunnel des Bahnhofs einen Meter hoch.",
        ),
    ),
    (
        (
            "Chor sucht neue Stimmen für das Sommerkonzert",
            "Der Verein probt jeden Donnerstag im Pfarrsaal.",
        ),
    ),
)


def morning() -> list[tuple[int, Item]]:
    """Each item with the number of its development, as they come in: first all first reports."""
    told = [
        (turn, number, title, text)
        for number, reports in enumerate(DEVELOPMENTS)
        for turn, (title, text) in enumerate(reports)
    ]
    return [
        (number, item(place, title, text))
        for place, (_, number, title, text) in enumerate(sorted(told))
    ]


def item(place: int, title: str, text: str) -> Item:
    """An item from a paper of its own, some minutes after the one before."""
    return Item(
        row=place + 1,
        title=title,
        summary=text,
        published_at=AT + timedelta(minutes=7 * place),
        url=f"https://paper{place}.example/news",
        publisher=f"Paper {place}",
    )
