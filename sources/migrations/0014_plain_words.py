"""What was decided on events is called as people call it: merged, split, kept apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0013_take_back_imports")]

    operations = [
        migrations.AlterField(
            model_name="regathering",
            name="kind",
            field=models.CharField(
                choices=[("merged", "Merged"), ("split", "Split"), ("apart", "kept apart")],
                max_length=6,
            ),
        ),
    ]
