"""The desk's own lexicons: made from another, edited as new versions, and which one is in use."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from accounts.locks import Lock, hold
from accounts.models import User
from accounts.services import record
from claims.models import Lexicon
from claims.services.lexicons import add_entries
from claims.validators import LexiconProblem

type Row = tuple[str, Decimal, Decimal]

STEP = Decimal("0.001")
# Of a name and of a phrase, and of a slug, in characters.
LONGEST, LONGEST_SLUG = 100, 40
# Before every slug of the desk's own: no table shipped later can take one of them.
PREFIX = "house-"


@transaction.atomic
def make_house_lexicon(*, base: Lexicon, name: str, by: User) -> Lexicon:
    """A lexicon of the desk's own with every entry of `base`, not yet in use.

    Raises LexiconProblem for a name that is empty, too long, or taken.
    """
    hold(Lock.LEXICONS)
    name = " ".join(name.split())
    slug = _slug(name)
    if Lexicon.objects.filter(name__iexact=name).exists():
        raise LexiconProblem(f"There is a lexicon “{name}” already. Give this one another name.")
    if Lexicon.objects.filter(slug=slug).exists():
        raise LexiconProblem(f"“{name}” reads too much like the name of another lexicon.")
    made = Lexicon.objects.create(
        slug=slug, name=name, made_from=base, source=f"Our own, made from {base}."
    )
    add_entries(made, {one.phrase: (one.low, one.high) for one in base.entries.all()})
    record(by=by, verb="made", on=made, made_from=base.pk)
    return made


def _slug(name: str) -> str:
    if len(name) > LONGEST:
        raise LexiconProblem(f"A name has {LONGEST} characters at most.")
    slug = slugify(name)
    if not slug:
        raise LexiconProblem("Give it a name, with a Latin letter or a figure in it.")
    return f"{PREFIX}{slug}"[:LONGEST_SLUG].rstrip("-")


@transaction.atomic
def edit_lexicon(*, lexicon: Lexicon, entries: Sequence[Row], by: User) -> Lexicon:
    """Stores these entries, (phrase, low, high) with probabilities 0 to 1, as its next version.

    Which version is in use does not change. The same entries again change nothing: the lexicon
    itself comes back. Raises LexiconProblem for a shipped lexicon, for a version that is
    not the newest, and for a row that cannot stand, which it names.
    """
    hold(Lock.LEXICONS)
    if not lexicon.is_house:
        raise LexiconProblem(
            f"{lexicon} is a published table, which is never edited. Make your own from it first."
        )
    newest = Lexicon.objects.filter(slug=lexicon.slug).order_by("-version")[0]
    if newest.pk != lexicon.pk:
        raise LexiconProblem(f"Somebody has edited it since: version {newest.version} stands now.")
    rows = checked_rows(entries)
    if rows == {one.phrase: (one.low, one.high) for one in newest.entries.all()}:
        return newest
    edited = Lexicon.objects.create(
        slug=newest.slug,
        version=newest.version + 1,
        name=newest.name,
        source=newest.source,
        made_from=newest,
    )
    add_entries(edited, rows)
    record(by=by, verb="edited", on=edited, made_from=newest.pk, version=edited.version)
    return edited


def checked_rows(entries: Sequence[Row]) -> dict[str, tuple[Decimal, Decimal]]:
    """The (low, high) of each phrase, in lower case with single spaces.

    Raises LexiconProblem, naming the row, for what no lexicon can hold.
    """
    rows: dict[str, tuple[Decimal, Decimal]] = {}
    for number, (words, low, high) in enumerate(entries, start=1):
        phrase = " ".join(words.split()).lower()
        problem = _wrong_phrase(phrase) or _wrong_range(low, high)
        if phrase in rows:
            problem = "the phrase stands above already"
        if problem:
            named = f"Row {number}, “{phrase[:LONGEST]}”" if phrase else f"Row {number}"
            raise LexiconProblem(f"{named}: {problem}.")
        rows[phrase] = (low.quantize(STEP), high.quantize(STEP))
    if not rows:
        raise LexiconProblem("A lexicon needs one phrase at least.")
    return rows


def _wrong_phrase(phrase: str) -> str:
    if not phrase:
        return "the phrase is missing"
    if len(phrase) > LONGEST:
        return f"a phrase has {LONGEST} characters at most"
    if not phrase[0].isalnum() or not phrase.isprintable():
        return "a phrase begins with a letter and is plain text"
    return ""


def _wrong_range(low: Decimal, high: Decimal) -> str:
    if not all(end.is_finite() and 0 <= end <= 1 for end in (low, high)):
        return "a probability lies between 0 and 100%"
    if low > high:
        return "the range is upside down, its low end is above its high end"
    return ""


@transaction.atomic
def activate_lexicon(*, lexicon: Lexicon, by: User) -> None:
    """Puts it in use for proposals and claims from now on, in place of the one that was.

    Claims keep the lexicon they were registered under. Nothing changes where it is in use already.
    """
    hold(Lock.LEXICONS)
    before = Lexicon.objects.filter(is_active=True).first()
    if before and before.pk == lexicon.pk:
        return
    if before:
        Lexicon.objects.filter(pk=before.pk).update(is_active=False)
    Lexicon.objects.filter(pk=lexicon.pk).update(is_active=True)
    lexicon.is_active = True
    record(by=by, verb="activated", on=lexicon, instead_of=before.pk if before else None)
