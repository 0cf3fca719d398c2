"""A house lexicon names the one it was made from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_immutable")]

    operations = [
        migrations.AddField(
            model_name="lexicon",
            name="made_from",
            field=models.ForeignKey(
                blank=True,
                help_text="Only a house lexicon has one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="made_into",
                to="claims.lexicon",
            ),
        ),
    ]
