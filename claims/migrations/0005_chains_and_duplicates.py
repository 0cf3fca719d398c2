"""What a claim comes after is locked with it; a chain, and a duplicate with its first, is one claimant's."""

from django.db import migrations

from accounts.immutability import append_only

# A claim comes after a registered one by the same claimant; a duplicate points to such a one that is
# itself no duplicate, so that nobody has to follow two steps.
CHAIN_FUNCTION = """
CREATE FUNCTION claims_claim_in_its_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.registered_at IS NOT NULL AND NEW.predecessor_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_claim WHERE id = NEW.predecessor_id AND registered_at IS NOT NULL
            AND claimant_id = NEW.claimant_id AND said_on <= NEW.said_on
    ) THEN
        RAISE EXCEPTION 'A claim comes after an earlier registered one by the same claimant.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF NEW.duplicate_of_id IS NOT NULL THEN
        -- Waits for whoever is just changing the first, and sees what they made of it.
        PERFORM 1 FROM claims_claim WHERE id = NEW.duplicate_of_id AND registered_at IS NOT NULL
            AND status <> 'duplicate' AND claimant_id = coalesce(NEW.claimant_id, claimant_id)
            FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'A duplicate points to a registered claim by the same claimant that is none itself.'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
        END IF;
    END IF;
    IF NEW.status = 'duplicate' AND EXISTS (
        SELECT 1 FROM claims_claim WHERE duplicate_of_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'A claim to which duplicates point is none itself.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_life_of_a_claim")]

    operations = [
        *append_only("claims_comment", "A comment is never changed."),
        migrations.RunSQL(
            "CREATE TRIGGER claims_claim_place_locked BEFORE UPDATE ON claims_claim FOR EACH ROW "
            "WHEN (OLD.registered_at IS NOT NULL AND (OLD.predecessor_id, OLD.relation) "
            "IS DISTINCT FROM (NEW.predecessor_id, NEW.relation)) EXECUTE FUNCTION "
            "plumbline_refuse('A registered claim is locked, with what it comes after.')",
            "DROP TRIGGER claims_claim_place_locked ON claims_claim",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER claims_claim_duplicate_kept BEFORE UPDATE ON claims_claim FOR EACH ROW "
            "WHEN (OLD.ended_at IS NOT NULL AND OLD.duplicate_of_id IS DISTINCT FROM "
            "NEW.duplicate_of_id) EXECUTE FUNCTION "
            "plumbline_refuse('A claim that has ended stays ended.')",
            "DROP TRIGGER claims_claim_duplicate_kept ON claims_claim",
        ),
        migrations.RunSQL(CHAIN_FUNCTION, "DROP FUNCTION claims_claim_in_its_chain()"),
        migrations.RunSQL(
            "CREATE TRIGGER claims_claim_chained BEFORE INSERT OR UPDATE ON claims_claim "
            "FOR EACH ROW WHEN (NEW.duplicate_of_id IS NOT NULL OR NEW.status = 'duplicate' "
            "OR NEW.registered_at IS NOT NULL AND NEW.predecessor_id IS NOT NULL) "
            "EXECUTE FUNCTION claims_claim_in_its_chain()",
            "DROP TRIGGER claims_claim_chained ON claims_claim",
        ),
    ]
