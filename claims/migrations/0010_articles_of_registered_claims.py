"""What is known about an article stays as it is once a claim of it is registered, or it is evidence."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION claims_document_of_a_registered_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- Waits for a registration under way, and sees what it made of the claim.
    registered timestamptz[] := ARRAY(
        SELECT registered_at FROM claims_claim
        WHERE quote_id IN (SELECT id FROM sources_quote WHERE document_id = OLD.id)
        FOR SHARE
    );
BEGIN
    IF array_remove(registered, NULL) <> '{}' THEN
        RAISE EXCEPTION 'A claim of this text is registered; what is known about the text is locked.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    IF EXISTS (SELECT 1 FROM claims_evidence WHERE document_id = OLD.id AND status <> 'rejected') THEN
        RAISE EXCEPTION 'This text is evidence for a claim; what is known about the text is locked.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_correctable_articles"),
        ("claims", "0009_extraction_progress"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION claims_document_of_a_registered_claim()"),
        migrations.RunSQL(
            "CREATE TRIGGER claims_document_kept BEFORE UPDATE ON sources_document "
            "FOR EACH ROW EXECUTE FUNCTION claims_document_of_a_registered_claim()",
            "DROP TRIGGER claims_document_kept ON sources_document",
        ),
    ]
