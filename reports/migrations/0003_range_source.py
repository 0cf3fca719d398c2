"""Rows of reports say how the range of their claim came about; older ones do not know."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_immutable"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportedclaim",
            name="range_source",
            field=models.CharField(
                blank=True,
                choices=[
                    ("lexicon", "from the hedge, by a lexicon"),
                    ("declared", "declared by the author"),
                    ("two_readers", "read by two people, blind to each other"),
                    ("one_reader", "read by one person alone"),
                    ("unstated", "not said"),
                ],
                default="",
                help_text="How the range came about; empty where the report is older than this column.",
                max_length=12,
            ),
        ),
    ]
