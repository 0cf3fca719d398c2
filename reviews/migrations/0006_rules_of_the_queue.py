"""Whoever declared a conflict or has left judges nothing; what was set aside, and why, stays as it was."""

import importlib

from django.db import migrations

from accounts.immutability import append_only, locked

_COLLEAGUES = importlib.import_module("reviews.migrations.0003_colleagues")
_WORDS = importlib.import_module("reviews.migrations.0004_words_of_claims")
BEFORE = _COLLEAGUES.CONFLICT_FUNCTION.replace("{verbs}", _WORDS.NOW)
DECLARED = """
    IF EXISTS (
        SELECT 1 FROM reviews_declaredconflict d
        JOIN claims_claim c ON c.id = claim
        JOIN sources_quote q ON q.id = c.quote_id
        JOIN sources_document t ON t.id = q.document_id
        LEFT JOIN sources_publisher p ON p.id = t.publisher_id
        LEFT JOIN sources_publisher o ON o.id = d.publisher_id
        WHERE d.user_id = NEW.reviewer_id AND d.ended_at IS NULL
            AND (d.claimant_id = c.claimant_id OR d.topic = ANY (c.topics)
                OR coalesce(o.merged_into_id, o.id) = coalesce(p.merged_into_id, p.id))
    ) THEN
        RAISE EXCEPTION 'Nobody judges where they declared a conflict.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM accounts_user WHERE id = NEW.reviewer_id AND is_active) THEN
        RAISE EXCEPTION 'Nobody who has left judges a claim.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
"""
NOW = BEFORE.replace("    RETURN NEW;\n", DECLARED.lstrip("\n"))
# Places as reviews/urgency.py computes them; PostgreSQL's day 0 is 1 January 2000, Python's day 730,120.
PLACES = """
UPDATE reviews_assignment a SET place =
    2 * (c.due_on - date '2000-01-01' + 730120) + (a.opened_at::date - date '2000-01-01' + 730120)
    - 60 * (m.stake - 2)
FROM claims_checkpoint c JOIN claims_claim m ON m.id = c.claim_id
WHERE c.id = a.checkpoint_id AND a.state <> 'done'
"""
HANDED_BACK = """
INSERT INTO reviews_setaside (checkpoint_id, by_id, kind, reason, at)
SELECT a.checkpoint_id, e.by_id, 'handed_back', '', e.at
FROM accounts_auditentry e JOIN reviews_assignment a ON a.id = e.object_id
WHERE e.object_type = 'reviews.assignment' AND e.verb = 'handed back'
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_queue")]

    operations = [
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
        migrations.RunSQL(HANDED_BACK, "DELETE FROM reviews_setaside"),
        migrations.RunSQL(NOW, BEFORE),
        *append_only("reviews_setaside", "What somebody set aside, and why, is never changed."),
        *locked(
            "reviews_declaredconflict",
            when="TRUE",
            columns=[
                "user_id",
                "claimant_id",
                "publisher_id",
                "topic",
                "reason",
                "at",
                "declared_by_id",
            ],
            message="A declared conflict is never changed: it ends, and may be declared again.",
        ),
    ]
