"""Reviews and verdicts are append-only, and nobody judges a claim they have a part in."""

from django.db import migrations

from accounts.immutability import append_only

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
        SELECT 1 FROM claims_evidence WHERE claim_id = claim AND decided_by_id = NEW.reviewer_id
    ) THEN
        RAISE EXCEPTION 'Nobody who registered, imputed, linked evidence to, or made a claim judges it.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_immutable"), ("reviews", "0001_initial")]

    operations = [
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
    ]
