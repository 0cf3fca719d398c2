"""Counts of words are not packed anew with each batch, and clues are looked up without their rows."""

from django.db import migrations

# Packing a quarter of a megabyte cost more than writing it.
UNPACKED = "ALTER TABLE sources_wordcounts ALTER COLUMN counts SET STORAGE EXTERNAL"
PACKED = "ALTER TABLE sources_wordcounts ALTER COLUMN counts SET STORAGE EXTENDED"
# Rows are only ever added, and read through the index alone where autovacuum has been.
OFTEN = """
ALTER TABLE sources_clue SET (
    autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 20000
)
"""
SELDOM = """
ALTER TABLE sources_clue RESET (
    autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold
)
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0014_plain_words")]

    operations = [
        migrations.RunSQL(UNPACKED, PACKED),
        migrations.RunSQL(OFTEN, SELDOM),
    ]
