"""Reviews and verdicts are append-only, and nobody judges a claim they have a part in."""

from django.db import migrations

from accounts.immutability import append_only, locked

CONFLICT_FUNCTION = """
CREATE FUNCTION reviews_assignment_without_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    claim bigint := (SELECT claim_id FROM claims_checkpoint WHERE id = NEW.checkpoint_id);
BEGIN
    IF EXISTS (
        SELECT 1 FROM claims_claim c LEFT JOIN sources_claimant p ON p.id = c.claimant_id
        WHERE c.id = claim AND NEW.reviewer_id IN (c.registered_by_id, p.user_id)
    ) OR EXISTS (
        SELECT 1 FROM claims_imputation WHERE claim_id = claim AND coder_id = NEW.reviewer_id
    ) OR EXISTS (
        SELECT 1 FROM claims_evidencedecision d JOIN claims_evidence e ON e.id = d.evidence_id
        WHERE e.claim_id = claim AND d.by_id = NEW.reviewer_id
    ) OR EXISTS (
        SELECT 1 FROM accounts_auditentry
        WHERE object_type = 'claims.claim' AND object_id = claim AND by_id = NEW.reviewer_id
            AND verb IN ('made', 'edited', 'set checkpoints of')
    ) THEN
        RAISE EXCEPTION 'Nobody who worded, registered or imputed a claim, or decided on its evidence, judges it.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""

# The other way round: who sits at a checkpoint decides on no evidence until it is settled.
EVIDENCE_FUNCTION = """
CREATE FUNCTION reviews_evidence_without_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM reviews_assignment a
        JOIN claims_checkpoint c ON c.id = a.checkpoint_id
        JOIN claims_evidence e ON e.claim_id = c.claim_id
        WHERE e.id = NEW.evidence_id AND a.reviewer_id = NEW.by_id
            AND NOT EXISTS (SELECT 1 FROM reviews_verdict v WHERE v.checkpoint_id = c.id)
    ) THEN
        RAISE EXCEPTION 'Nobody who judges a claim decides on its evidence.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_immutable"), ("reviews", "0001_initial")]

    operations = [
        *locked(
            "reviews_assignment",
            when="OLD.state = 'done'",
            columns=["checkpoint_id", "role", "seat", "state", "reviewer_id", "leased_at"],
            message="Who sat where is never changed once they have judged.",
        ),
        *append_only("reviews_review", "A review is never changed."),
        *append_only("reviews_review_leaned_on", "What a review leaned on is never changed."),
        *append_only("reviews_verdict", "A verdict is never changed; a later one supersedes it."),
        migrations.RunSQL(CONFLICT_FUNCTION, "DROP FUNCTION reviews_assignment_without_conflict()"),
        migrations.RunSQL(
            "CREATE TRIGGER reviews_assignment_conflict BEFORE INSERT OR UPDATE OF reviewer_id "
            "ON reviews_assignment FOR EACH ROW WHEN (NEW.reviewer_id IS NOT NULL) "
            "EXECUTE FUNCTION reviews_assignment_without_conflict()",
            "DROP TRIGGER reviews_assignment_conflict ON reviews_assignment",
        ),
        migrations.RunSQL(EVIDENCE_FUNCTION, "DROP FUNCTION reviews_evidence_without_conflict()"),
        migrations.RunSQL(
            "CREATE TRIGGER reviews_evidence_conflict BEFORE INSERT ON claims_evidencedecision "
            "FOR EACH ROW EXECUTE FUNCTION reviews_evidence_without_conflict()",
            "DROP TRIGGER reviews_evidence_conflict ON claims_evidencedecision",
        ),
    ]
