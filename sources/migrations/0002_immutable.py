"""Documents and quotes never change, and a quote's words stand in its document."""

from django.db import migrations

from accounts.immutability import append_only

QUOTE_FUNCTION = """
CREATE FUNCTION sources_quote_stands_in_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.exact IS DISTINCT FROM (
        SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start)
        FROM sources_document WHERE id = NEW.document_id
    ) THEN
        RAISE EXCEPTION 'The quoted words do not stand at this place in the document.'
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_immutable"), ("sources", "0001_initial")]

    operations = [
        *append_only("sources_document", "A captured document is never changed."),
        *append_only("sources_quote", "A quote is never changed."),
        *append_only("sources_publishergrade", "The history of grades is never changed."),
        migrations.RunSQL(QUOTE_FUNCTION, "DROP FUNCTION sources_quote_stands_in_document()"),
        migrations.RunSQL(
            "CREATE TRIGGER sources_quote_stands BEFORE INSERT ON sources_quote "
            "FOR EACH ROW EXECUTE FUNCTION sources_quote_stands_in_document()",
            "DROP TRIGGER sources_quote_stands ON sources_quote",
        ),
    ]
