"""Quotes that are stored together are looked up in one walk through their document.

One by one, each look-up would count the characters of the document from its beginning: a book with
ten thousand quotes took a minute.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION sources_quotes_stand_in_documents() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
    here bigint;
    rest text;
    passed integer;
BEGIN
    FOR one IN SELECT document_id, exact, start FROM added ORDER BY document_id, start LOOP
        IF here IS DISTINCT FROM one.document_id THEN
            here := one.document_id;
            passed := 0;
            rest := (SELECT text FROM sources_document WHERE id = here);
        END IF;
        -- right() and starts_with() count no further than they must, unlike substr() and left().
        IF one.start > passed THEN
            rest := right(rest, passed - one.start);
            passed := one.start;
        END IF;
        IF NOT starts_with(rest, one.exact) THEN
            RAISE EXCEPTION 'The quoted words do not stand at this place in the document.'
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""
OLD_TRIGGER = (
    "CREATE TRIGGER sources_quote_stands BEFORE INSERT ON sources_quote "
    "FOR EACH ROW EXECUTE FUNCTION sources_quote_stands_in_document()"
)
NEW_TRIGGER = (
    "CREATE TRIGGER sources_quotes_stand AFTER INSERT ON sources_quote "
    "REFERENCING NEW TABLE AS added FOR EACH STATEMENT "
    "EXECUTE FUNCTION sources_quotes_stand_in_documents()"
)


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_correctable_articles")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION sources_quotes_stand_in_documents()"),
        migrations.RunSQL(NEW_TRIGGER, "DROP TRIGGER sources_quotes_stand ON sources_quote"),
        migrations.RunSQL("DROP TRIGGER sources_quote_stands ON sources_quote", OLD_TRIGGER),
    ]
