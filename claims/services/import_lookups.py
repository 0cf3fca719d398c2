"""What the ledger knows of the rows of a table, fetched for many at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import md5

from django.db.models import QuerySet
from django.db.models.functions import MD5
from django.utils import timezone

from accounts.models import User
from claims.blindness import hidden_from
from claims.importing import Parsed
from claims.models import Claim, ImportRow, Lexicon, LexiconEntry
from sources.deduplication import url_key
from sources.models import Claimant, Document
from sources.services import Excerpts, claimants_named, folded

# Of articles that share their titles with many, the newest are looked into.
MOST_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that stands in the ledger, as far as a row is compared with it."""

    pk: int
    claimant_id: int | None
    speaker: str
    statement: str
    document_id: int
    # Of excerpts, where they come from.
    source: tuple[str, ...] | None


class Ledger:
    """Claimants, lexicons and standing claims that these rows speak of, as far as one may know."""

    def __init__(self, rows: Sequence[Parsed], *, by: User | None) -> None:
        self._claimants = claimants_named(_who(one) for one in rows)
        self._entries: dict[int, dict[str, LexiconEntry]] = defaultdict(dict)
        for entry in LexiconEntry.objects.select_related("lexicon"):
            self._entries[entry.lexicon_id][entry.phrase.lower()] = entry
        lexicons = list(Lexicon.objects.all())
        self.active = next((one for one in lexicons if one.is_active), None)
        self._lexicons = {str(one): one for one in lexicons}
        self._standing = _standing({one.quote for one in rows})
        standing = [one.pk for claims in self._standing.values() for one in claims]
        hidden = hidden_from(by).filter(pk__in=standing) if by else Claim.objects.none()
        self._hidden = set(hidden.values_list("pk", flat=True))

    def claimant_of(self, row: Parsed) -> Claimant | None:
        """Whoever has the name or alias of a row's claimant, or where it names none, its speaker."""
        return self._claimants.get(_who(row))

    def lexicon_named(self, name: str) -> Lexicon | None:
        """The version of a lexicon that an export called so."""
        return self._lexicons.get(name)

    def entry(self, lexicon: Lexicon | None, hedge: str) -> LexiconEntry | None:
        """The range that a lexicon gives a hedge."""
        return self._entries[lexicon.pk].get(hedge.lower()) if lexicon else None

    def same_claim(self, row: Parsed, claim: Claim, document_id: int | None) -> int | None:
        """The number of a claim of the same person that states the same by the same words of the same
        document.

        Excerpts of one source count as one document, and as the one they are taken from. A row without
        a statement of its own says the same as any: what stands there may have been edited since.
        """
        states_nothing = claim.statement == row.quote
        if row.claimant and claim.claimant is None:
            return None  # nobody here has that name yet
        for one in self._standing[row.quote]:
            if one.pk in self._hidden:
                continue
            same_place = document_id == one.document_id or one.source == source_of(row.source)
            same_person = one.claimant_id == claim.claimant_id and (
                one.claimant_id is not None or folded(one.speaker) == folded(claim.speaker)
            )
            same = states_nothing or folded(one.statement) == folded(claim.statement)
            if same_place and same_person and same:
                return one.pk
        return None

    def hides(self, quote: str) -> bool:
        """Whether there is a claim with these words whose source this person must not know."""
        return any(one.pk in self._hidden for one in self._standing[quote])


def _who(row: Parsed) -> str:
    return row.claimant or str(row.fields["speaker"])


def source_of(excerpts: Excerpts) -> tuple[str, ...]:
    """What tells one source of excerpts from another."""
    return (excerpts.url, excerpts.title, excerpts.author, str(excerpts.published_on or ""))


def _standing(quotes: set[str]) -> dict[str, list[Standing]]:
    """The claims that were not dropped with exactly these words, by the words."""
    claims = (
        Claim.objects.exclude(status=Claim.Status.DROPPED)
        .alias(digest=MD5("quote__exact"))
        .filter(digest__in=_digests(quotes))
        .select_related("quote__document")
        .only(
            *("claimant_id", "speaker", "statement", "quote__exact"),
            *(f"quote__document__{name}" for name in ("origin", "url", "title", "author")),
            "quote__document__published_at",
        )
        .order_by("pk")
    )
    found: dict[str, list[Standing]] = defaultdict(list)
    for claim in claims:
        document = claim.quote.document
        who = (claim.claimant_id, claim.speaker)
        place = (document.pk, _source(document))
        found[claim.quote.exact].append(Standing(claim.pk, *who, claim.statement, *place))
    return found


def _source(document: Document) -> tuple[str, ...] | None:
    if document.origin != Document.Origin.EXCERPT:
        return None
    at = document.published_at
    day = str(timezone.localdate(at)) if at else ""
    return (document.url, document.title, document.author, day)


def _digests(texts: Iterable[str]) -> list[str]:
    # As the index has them; nothing rests on their being hard to forge.
    return [md5(text.encode(), usedforsecurity=False).hexdigest() for text in texts]


def locate(rows: Sequence[ImportRow]) -> None:
    """Gives each row the document of its address or title, and the place, where its words stand.

    An address goes before a title, a newer document before an older one. A document from another
    address than the row names is not meant, whatever its title. Excerpts do not count: they are known
    by all that tells their source.
    """
    documents = Document.objects.all()
    keys = _wanting(rows, lambda row: url_key(row.values.get("url", "")))
    _search(keys, documents.filter(url_key__in=keys), lambda document: document.url_key)
    titles = _wanting(rows, lambda row: row.values.get("title", ""))
    articles = documents.articles().alias(digest=MD5("title")).filter(digest__in=_digests(titles))
    _search(titles, articles, lambda document: document.title)


def _wanting(
    rows: Sequence[ImportRow], key: Callable[[ImportRow], str]
) -> dict[str, list[ImportRow]]:
    """The rows that have words but no document yet, by what they name one by."""
    found: dict[str, list[ImportRow]] = defaultdict(list)
    for row in rows:
        if row.document_id is None and row.values.get("quote") and (name := key(row)):
            found[name].append(row)
    return found


def _search(
    wanting: dict[str, list[ImportRow]],
    documents: QuerySet[Document],
    key: Callable[[Document], str],
) -> None:
    if not wanting:
        return
    newest = documents.only("url_key", "title", "text").order_by("-pk")[:MOST_CANDIDATES]
    # A few at a time: some are books.
    for document in newest.iterator(chunk_size=5):
        for row in wanting.get(key(document), ()):
            address = url_key(row.values.get("url", ""))
            if address and document.url_key and address != document.url_key:
                continue
            start = document.text.find(row.values["quote"])
            if row.document_id is None and start >= 0:
                row.document_id, row.start = document.pk, start
