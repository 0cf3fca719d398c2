"""Feeds: leases, hosts, silence; a log of polls and counts by day; the newest of a feed by an index."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import sources.models.feeds
from accounts.immutability import never_rewritten

# What feeds brought before days were counted. How often they were asked then, nobody knows.
DAYS_SO_FAR = """
INSERT INTO sources_feedday (feed_id, day, answers, failures, items, events, joined, continues)
SELECT feed_id, (captured_at AT TIME ZONE %s)::date, 0, 0, count(*), 0, 0, false
FROM sources_document WHERE feed_id IS NOT NULL GROUP BY 1, 2
"""
LAST_NEW = """
UPDATE sources_feed SET last_new_at = (
    SELECT max(captured_at) FROM sources_document WHERE feed_id = sources_feed.id
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0007_gathering"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "answers",
                    models.PositiveIntegerField(default=0, help_text="Polls that went well."),
                ),
                ("failures", models.PositiveIntegerField(default=0)),
                ("items", models.PositiveIntegerField(default=0, help_text="New documents.")),
                (
                    "events",
                    models.PositiveIntegerField(
                        default=0, help_text="Events that it reported first."
                    ),
                ),
                (
                    "joined",
                    models.PositiveIntegerField(
                        default=0, help_text="Reports of events that stood."
                    ),
                ),
                (
                    "continues",
                    models.BooleanField(
                        default=False,
                        help_text="It answered the day before too, so that what it brought is of this day.",
                    ),
                ),
                (
                    "longest_gap",
                    models.DurationField(
                        help_text="The longest time without anything new that ended this day.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["feed", "day"],
            },
        ),
        migrations.CreateModel(
            name="FeedPoll",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        help_text="Of HTTP; none: no answer.", null=True
                    ),
                ),
                ("milliseconds", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField(help_text="Bytes of the answer, unpacked.")),
                ("new", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("problem", models.TextField(blank=True)),
                ("failed", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="feed",
            name="host",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Lower(
                    sources.models.feeds.HostOf("url")
                ),
                output_field=models.CharField(max_length=1000),
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="host_free_at",
            field=models.DateTimeField(
                help_text="Before then no feed of the same host is asked, on this one's account.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="is_muted",
            field=models.BooleanField(
                default=False, help_text="Polled and stored, but whatever it lacks raises no alarm."
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="last_new_at",
            field=models.DateTimeField(help_text="When it last brought something new.", null=True),
        ),
        migrations.AddField(
            model_name="feed",
            name="leased_until",
            field=models.DateTimeField(
                help_text="Somebody is asking it; then, at the latest, it is anybody's again.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="moved_seen",
            field=models.PositiveSmallIntegerField(default=0, help_text="How often in a row."),
        ),
        migrations.AddField(
            model_name="feed",
            name="moved_to",
            field=models.URLField(
                blank=True, help_text="Where it says that it moved for good.", max_length=1000
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="paused_because",
            field=models.TextField(
                blank=True, help_text="Why it is paused, where no person did it."
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="quiet_since",
            field=models.DateTimeField(
                help_text="Since when it has been listened to and brought nothing new.", null=True
            ),
        ),
        migrations.AddField(
            model_name="feed",
            name="silent_after",
            field=models.DurationField(
                help_text="From how long a silence on it is out of the ordinary, once learned.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="feed",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="sources.feed",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("feed__isnull", False)),
                fields=["feed", "-id"],
                name="document_of_feed",
            ),
        ),
        migrations.AddIndex(
            model_name="feed",
            index=models.Index(fields=["host", "host_free_at"], name="feed_host_pause"),
        ),
        migrations.AddIndex(
            model_name="feed",
            index=models.Index(
                condition=models.Q(("leased_until__isnull", False)),
                fields=["host"],
                name="feed_host_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_active", False), ("paused_because", ""), _connector="OR"),
                name="feed_polled_is_not_paused",
            ),
        ),
        migrations.AddField(
            model_name="feedday",
            name="feed",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="days",
                to="sources.feed",
            ),
        ),
        migrations.AddField(
            model_name="feedpoll",
            name="feed",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="polls",
                to="sources.feed",
            ),
        ),
        migrations.AddIndex(
            model_name="feedday",
            index=models.Index(fields=["day"], name="feed_day"),
        ),
        migrations.AddConstraint(
            model_name="feedday",
            constraint=models.UniqueConstraint(fields=("feed", "day"), name="feed_day_once"),
        ),
        migrations.AddIndex(
            model_name="feedpoll",
            index=models.Index(fields=["feed", "-id"], name="poll_of_feed"),
        ),
        never_rewritten("sources_feedpoll", "What came of a poll is never rewritten."),
        # Data last: PostgreSQL alters no table that has rows waiting to be checked.
        migrations.RunSQL(LAST_NEW, migrations.RunSQL.noop),
        migrations.RunSQL([(DAYS_SO_FAR, [settings.TIME_ZONE])], migrations.RunSQL.noop),
    ]
