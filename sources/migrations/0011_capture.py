"""Watched pages, notices and pruning; publishers that nobody graded, or that are one with another."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
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
# What stays of a pruned document changes in one thing: events may be merged.
PRUNED_COLUMNS = [
    "id",
    "document_number",
    "origin",
    "publisher_id",
    "feed_id",
    "url_key",
    "content_hash",
    "published_at",
    "captured_at",
    "pruned_at",
]

# Titles by which items take a story back or correct it (sources.retractions).
RETRACTING = "^\\s*(?:update \\d+-)?(?:(?:notice of )?retraction(?: notice)?|retracted(?: article| story)?|widerruf)(?:\\s?\\([^)]{1,40}\\))?(?:\\s?:|-\\S)|^\\s*(?:update \\d+-)?(?:corrected(?: version)?|corrections?|corrigendum|erratum|clarification|editor['’]s note|editors['’] note|berichtigung|korrektur|rectificatif|rectificación|rettelse)(?:\\s?\\([^)]{1,40}\\))?(?:\\s?:|-\\S| to (?:our|the|an?|this) (?:article |story |report )?)"

# Removing is let through for what a stream brought, once what stays of it is written down. What
# something points at is held by the foreign keys.
KEPT_FUNCTION = """
CREATE FUNCTION sources_document_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.origin IN ('paste', 'upload', 'page', 'hand', 'excerpt', 'capture')
        OR NOT EXISTS (SELECT 1 FROM sources_prunedreport WHERE document_number = OLD.id)
    THEN
        RAISE EXCEPTION 'A captured document is never changed.'
            USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$
"""
KEPT_TRIGGER = """
CREATE TRIGGER sources_document_kept BEFORE DELETE ON sources_document
FOR EACH ROW EXECUTE FUNCTION sources_document_kept()
"""
NOT_GRADED = """
UPDATE sources_publisher SET reliability = ''
WHERE reliability = 'F'
    AND NOT EXISTS (SELECT 1 FROM sources_publishergrade g WHERE g.publisher_id = sources_publisher.id)
"""


def held_anew() -> list[migrations.RunSQL]:
    """The triggers on documents with the new columns, and with the one way out for pruning."""
    before = locked("sources_document", when="TRUE", columns=FIXED_COLUMNS, message=MESSAGE)
    after = locked(
        "sources_document",
        when="TRUE",
        columns=[*FIXED_COLUMNS, "asked_url", "headers"],
        message=MESSAGE,
    )
    undone = [migrations.RunSQL(one.reverse_sql, one.sql) for one in before[:2]]
    kept = migrations.RunSQL(KEPT_TRIGGER, "DROP TRIGGER sources_document_kept ON sources_document")
    function = migrations.RunSQL(KEPT_FUNCTION, "DROP FUNCTION sources_document_kept()")
    return [*undone, after[0], function, kept]


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0010_pushed_items"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("changed", "Changed"),
                            ("vanished", "Vanished"),
                            ("back", "back again"),
                            ("retracted", "Retracted"),
                            ("corrected", "Corrected"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, max_length=2000)),
                ("is_suggestion", models.BooleanField(default=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PageWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url_key", models.CharField(max_length=2000, unique=True)),
                ("url", models.CharField(max_length=2000)),
                ("host", models.CharField(max_length=255)),
                (
                    "title",
                    models.TextField(blank=True, help_text="What the page called itself last."),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Whether anything leans on it now."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("standing", "Standing"), ("vanished", "Vanished")],
                        default="standing",
                        max_length=8,
                    ),
                ),
                ("next_check_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "last_checked_at",
                    models.DateTimeField(help_text="When it answered last.", null=True),
                ),
                ("steady_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("gone_since", models.DateTimeField(null=True)),
                ("gone_times", models.PositiveIntegerField(default=0)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
                ("etag", models.CharField(blank=True, max_length=500)),
                ("last_modified", models.CharField(blank=True, max_length=100)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name_plural": "page watches",
                "ordering": ["next_check_at"],
            },
        ),
        migrations.CreateModel(
            name="PrunedReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document_number", models.BigIntegerField(unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("paste", "pasted"),
                            ("upload", "uploaded"),
                            ("page", "fetched page"),
                            ("feed", "feed"),
                            ("file", "event file"),
                            ("hand", "entered by hand"),
                            ("push", "pushed by a script"),
                            ("excerpt", "excerpts of an imported table"),
                            ("capture", "page as it was found again"),
                        ],
                        max_length=8,
                    ),
                ),
                ("url_key", models.CharField(blank=True, max_length=2000)),
                ("content_hash", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(null=True)),
                ("captured_at", models.DateTimeField()),
                (
                    "pruned_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "ordering": ["-pruned_at", "-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="publisher",
            name="publisher_reliability_a_to_f",
        ),
        migrations.AddField(
            model_name="document",
            name="asked_url",
            field=models.CharField(
                blank=True,
                help_text="The address it was asked for, where it led elsewhere.",
                max_length=2000,
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="headers",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="What the server said with it, as far as it is kept.",
            ),
        ),
        migrations.AddField(
            model_name="publisher",
            name="merged_into",
            field=models.ForeignKey(
                help_text="The publisher that this name or host is another one of.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="sources.publisher",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="origin",
            field=models.CharField(
                choices=[
                    ("paste", "pasted"),
                    ("upload", "uploaded"),
                    ("page", "fetched page"),
                    ("feed", "feed"),
                    ("file", "event file"),
                    ("hand", "entered by hand"),
                    ("push", "pushed by a script"),
                    ("excerpt", "excerpts of an imported table"),
                    ("capture", "page as it was found again"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="url_key",
            field=models.CharField(
                blank=True,
                help_text="The address in canonical form, one for all versions.",
                max_length=2000,
            ),
        ),
        migrations.AlterField(
            model_name="publisher",
            name="reliability",
            field=models.CharField(
                blank=True,
                choices=[
                    ("A", "A · completely reliable"),
                    ("B", "B · usually reliable"),
                    ("C", "C · fairly reliable"),
                    ("D", "D · not usually reliable"),
                    ("E", "E · unreliable"),
                    ("F", "F · reliability cannot be judged"),
                ],
                help_text="Empty where nobody graded it yet.",
                max_length=1,
            ),
        ),
        migrations.AlterField(
            model_name="publishergrade",
            name="reliability",
            field=models.CharField(
                choices=[
                    ("A", "A · completely reliable"),
                    ("B", "B · usually reliable"),
                    ("C", "C · fairly reliable"),
                    ("D", "D · not usually reliable"),
                    ("E", "E · unreliable"),
                    ("F", "F · reliability cannot be judged"),
                ],
                max_length=1,
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("title__iregex", RETRACTING)),
                fields=["id"],
                name="document_retraction",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("origin__in", ["feed", "file", "push"])),
                fields=["captured_at"],
                name="document_captured",
            ),
        ),
        migrations.AddConstraint(
            model_name="publisher",
            constraint=models.CheckConstraint(
                condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                name="publisher_reliability_a_to_f",
            ),
        ),
        migrations.AddConstraint(
            model_name="publisher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="publisher_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="document",
            field=models.ForeignKey(
                help_text="The version, up to which all are concerned.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="sources.document",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="event",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="sources.event",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="newer",
            field=models.ForeignKey(
                help_text="The version that stands there now.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.document",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="source",
            field=models.ForeignKey(
                help_text="The arrived item that says so.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.document",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="takes_back",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_back",
                to="sources.notice",
            ),
        ),
        migrations.AddField(
            model_name="pagewatch",
            name="document",
            field=models.ForeignKey(
                help_text="The version that stood there last, where it was fetched.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sources.document",
            ),
        ),
        migrations.AddField(
            model_name="prunedreport",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pruned_reports",
                to="sources.event",
            ),
        ),
        migrations.AddField(
            model_name="prunedreport",
            name="feed",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pruned_reports",
                to="sources.feed",
            ),
        ),
        migrations.AddField(
            model_name="prunedreport",
            name="publisher",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pruned_reports",
                to="sources.publisher",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["-at", "-id"], name="notice_at"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("document__isnull", False),
                    ("event__isnull", False),
                    ("source__isnull", False),
                    _connector="OR",
                ),
                name="notice_names_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by__isnull", True), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="notice_by_somebody_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source__isnull", False), ("takes_back__isnull", True)),
                fields=("source",),
                name="notice_once_per_source",
            ),
        ),
        migrations.AddIndex(
            model_name="pagewatch",
            index=models.Index(
                condition=models.Q(("is_active", True)), fields=["next_check_at"], name="watch_due"
            ),
        ),
        migrations.AddIndex(
            model_name="pagewatch",
            index=models.Index(fields=["host", "-asked_at"], name="watch_host"),
        ),
        migrations.AddConstraint(
            model_name="pagewatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "vanished"), _negated=True),
                    ("gone_since__isnull", False),
                    _connector="OR",
                ),
                name="watch_vanished_since_some_time",
            ),
        ),
        migrations.AddIndex(
            model_name="prunedreport",
            index=models.Index(fields=["content_hash"], name="pruned_hash"),
        ),
        *held_anew(),
        *append_only("sources_notice", "A notice is never changed; take it back."),
        *locked(
            "sources_prunedreport",
            when="TRUE",
            columns=PRUNED_COLUMNS,
            message="What stays of a pruned document is never changed.",
        ),
        migrations.RunSQL(
            NOT_GRADED, "UPDATE sources_publisher SET reliability = 'F' WHERE reliability = ''"
        ),
    ]
