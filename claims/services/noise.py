"""No claim suggests more in a week than a person can read; what is cut can still be seen."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

# As likely as this, nothing is ever cut.
STRONG = 0.8

# Counted are all suggestions of the last seven days, decided or not: what was read is read.
CUT = """
UPDATE claims_evidence AS evidence
SET cut = ranked.cut
FROM (
    SELECT id, score < %(strong)s
        AND row_number() OVER (PARTITION BY claim_id ORDER BY score DESC, id) > %(most)s AS cut
    FROM claims_evidence
    WHERE claim_id = ANY(%(claims)s) AND suggested_at > now() - interval '7 days'
        AND (status = 'suggested' OR measures IS NOT NULL)
) AS ranked
WHERE evidence.id = ranked.id AND evidence.status = 'suggested' AND evidence.cut <> ranked.cut
"""


def cut_to_a_week(claims: Iterable[int]) -> None:
    """Of what was suggested for each claim in the last seven days keeps the strongest in the inbox."""
    asked = sorted(claims)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(
                CUT, {"claims": asked, "strong": STRONG, "most": settings.SUGGESTIONS_PER_WEEK}
            )
