"""What analysts add to a claim so that the right events are suggested for it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from claims.models.claims import Claim

MOST_PHRASES = 20
LONGEST_PHRASE = 100
# A name with its other names, all on one line.
LONGEST_NAMES = 300
# The main part of a tag: "en", "pl".
LONGEST_LANGUAGE = 3

_LISTS = ("must", "should", "never", "aliases", "languages")


def _phrases(longest: int) -> ArrayField:
    return ArrayField(models.CharField(max_length=longest), default=list, blank=True)


class ClaimWords(models.Model):
    """The words that steer what is suggested for one claim; no part of what registration locks.

    Each of `aliases` reads "name = other, other". Languages are codes of two or three letters; none
    means all. A row that says nothing any more stays, so that `changes` tells of that as well.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="words")
    must = _phrases(LONGEST_PHRASE)
    should = _phrases(LONGEST_PHRASE)
    never = _phrases(LONGEST_PHRASE)
    aliases = _phrases(LONGEST_NAMES)
    languages = _phrases(LONGEST_LANGUAGE)
    changes = models.PositiveIntegerField(default=1, help_text="How often they were set.")
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "claim words"
        constraints = [
            *(
                models.CheckConstraint(
                    name=f"claim_words_{name}_few_and_none_empty",
                    condition=Q(**{f"{name}__len__lte": MOST_PHRASES})
                    & ~Q(**{f"{name}__contains": [""]}),
                )
                for name in _LISTS
            ),
            *(
                models.CheckConstraint(
                    name=f"claim_words_never_not_{name}",
                    condition=~Q(never__overlap=F(name)),
                )
                for name in ("must", "should")
            ),
        ]

    def __str__(self) -> str:
        return f"words of {self.claim}"

    @property
    def name_groups(self) -> tuple[tuple[str, ...], ...]:
        """Each name followed by its other names."""
        groups = (line.replace("=", ",", 1).split(",") for line in self.aliases)
        return tuple(tuple(name.strip() for name in names) for names in groups)
