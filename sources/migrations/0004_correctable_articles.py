"""What an article says about itself may be corrected; its text, and all that a stream brought, not."""

from django.conf import settings
from django.db import migrations, models

from accounts.immutability import append_only, locked

MESSAGE = "A captured document is never changed."
FIXED_COLUMNS = [
    "id",
    "origin",
    "text",
    "language",
    "media_type",
    "url",
    "url_key",
    "feed_id",
    "captured_at",
    "captured_by_id",
    "previous_id",
]

# What a stream brought never changes; a hash changes with its title alone; what an article was known
# by when it was captured is written once.
ONLY_ARTICLES = f"""
CREATE TRIGGER sources_document_only_articles BEFORE UPDATE ON sources_document FOR EACH ROW WHEN (
    OLD.origin NOT IN ('paste', 'upload', 'page')
    OR (OLD.title = NEW.title) <> (OLD.content_hash = NEW.content_hash)
    OR (OLD.captured_hash <> '' AND OLD.captured_hash <> NEW.captured_hash)
) EXECUTE FUNCTION plumbline_refuse('{MESSAGE}')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_excerpts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="captured_hash",
            field=models.CharField(
                blank=True,
                help_text="The content hash before the title was corrected.",
                max_length=64,
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("captured_hash", ""), _negated=True),
                fields=["captured_hash"],
                name="document_captured_hash",
            ),
        ),
        *(
            migrations.RunSQL(one.reverse_sql, one.sql)
            for one in append_only("sources_document", MESSAGE)
        ),
        *locked("sources_document", when="TRUE", columns=FIXED_COLUMNS, message=MESSAGE),
        migrations.RunSQL(
            ONLY_ARTICLES, "DROP TRIGGER sources_document_only_articles ON sources_document"
        ),
    ]
