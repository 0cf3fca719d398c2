"""The audit log is append-only, and the function behind every refusal exists."""

from django.db import migrations

from accounts.immutability import append_only, define_refusal


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        define_refusal(),
        *append_only("accounts_auditentry", "The audit log is never changed."),
    ]
