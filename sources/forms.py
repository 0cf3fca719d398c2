"""The forms of the sources room."""

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import Q
from django.utils.html import format_html

from sources.importing import ImportFileError, Problem
from sources.importing.date_orders import DateOrder
from sources.importing.plans import LABELS
from sources.importing.records import NEEDED
from sources.models import Feed, Publisher, Reliability
from sources.opml import MAX_BYTES, Outline, read_opml
from sources.validators import LONGEST_ADDRESS, LONGEST_NAME, MOST_MINUTES, feed_address


class FeedForm(forms.Form):
    """An address to poll; with `feed`, what is known of one that is polled."""

    url = forms.CharField(
        label="Address of the feed",
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput,
    )
    name = forms.CharField(
        required=False, max_length=LONGEST_NAME, help_text="Left empty: the publisher's."
    )
    publisher = forms.CharField(
        required=False, max_length=LONGEST_NAME, help_text="Left empty: the host of the address."
    )
    every_minutes = forms.IntegerField(
        label="Every so many minutes", min_value=1, max_value=MOST_MINUTES, initial=15
    )

    def __init__(self, *args: Any, feed: Feed | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._feed = feed
        if feed:
            self.initial = {
                "url": feed.url,
                "name": feed.name,
                "publisher": feed.publisher.name,
                "every_minutes": feed.every_minutes,
            }

    def clean_url(self) -> str:
        """The address as it is asked; one that another feed has is refused."""
        url = feed_address(self.cleaned_data["url"])
        other = Feed.objects.filter(url=url).first()
        if other and other != self._feed:
            raise forms.ValidationError(f"This address is polled already, as {other}.")
        return url


class FeedListForm(forms.Form):
    """A list of feeds."""

    file = forms.FileField(
        label="OPML file",
        help_text="The list that any reader of feeds exports, up to 5 MB.",
        widget=forms.FileInput(attrs={"data-max-bytes": MAX_BYTES, "accept": ".opml,.xml"}),
    )

    def clean_file(self) -> list[Outline | Problem]:
        """What the list holds."""
        try:
            return read_opml(self.cleaned_data["file"].read(MAX_BYTES + 1))
        except ImportFileError as error:
            raise forms.ValidationError(str(error)) from error


class GradeForm(forms.Form):
    """A publisher's reliability, with the reason."""

    reliability = forms.ChoiceField(choices=[("", "choose a grade"), *Reliability.choices])
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


class EventFileForm(forms.Form):
    """A file of events."""

    file = forms.FileField(
        help_text="CSV, XLSX, JSON, JSON Lines, a feed, or a table of GDELT, ACLED or ICEWS; zipped or "
        "not, up to 100 MB."
    )


class MappingForm(forms.Form):
    """Which column of a file holds what, and how its dates are read: as its cells tell, or as is said."""

    HELP = {
        "published": "When it was reported.",
        "occurred": "Left out: the day it was reported.",
        "id": "What the source calls a row. The same again, with other words, is a new version.",
    }
    # What is asked only where the chosen columns of dates leave it open.
    DATES = ("order", "zone")
    # The page shows what is lacking by itself; a browser that refuses to send would keep that from it.
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        columns: Sequence[str],
        told: Callable[[dict[str, str]], DateOrder],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((column, column[:80]) for column in columns)]
        for field, label in LABELS.items():
            self.fields[field] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=field in NEEDED,
                help_text=self.HELP.get(field, ""),
                error_messages={"required": "Choose its column."},
            )
        self.told = told(self.columns())
        self.fields["order"] = _order_field(self.told)
        self.fields["zone"] = forms.ChoiceField(
            label="Times without a zone are in",
            choices=[("UTC", "UTC"), *((name, name) for name in _zones())],
            required=False,
        )
        self.fields["name"] = forms.CharField(
            label="Remember this as",
            max_length=100,
            required=False,
            help_text="Offered for the next file with these columns.",
        )

    def columns(self) -> dict[str, str]:
        """The column of each field, as it is chosen or first shown."""
        given = self.data if self.is_bound else self.initial
        known = {name for name, _ in self.fields["title"].choices}  # type: ignore[attr-defined]
        return {
            field: given[field] for field in LABELS if given.get(field) and given[field] in known
        }

    def reading(self) -> dict[str, Any]:
        """What services ask for."""
        given = self.data if self.is_bound else self.initial
        said = {"day": True, "month": False}.get(given.get("order", ""))
        zone = given.get("zone", "")
        return {
            "columns": self.columns(),
            "day_first": self.told.day_first if said is None else said,
            "zone": zone if zone in dict(self.fields["zone"].choices) else "UTC",  # type: ignore[attr-defined]
        }


def _order_field(told: DateOrder) -> forms.ChoiceField:
    """The question which of day and month comes first, with what the file tells of it."""
    nothing = "choose"
    if told.day_first is not None:
        nothing = f"as the file tells: the {'day' if told.day_first else 'month'} first"
    return forms.ChoiceField(
        label="Dates like 03/04/2023",
        choices=[("", nothing), ("day", "the day first"), ("month", "the month first")],
        required=told.is_asked,
        help_text=format_html("{}", told.reason),
        error_messages={"required": "Choose which comes first."},
    )


def _zones() -> list[str]:
    return sorted(name for name in available_timezones() if "/" in name and name[:3] != "Etc")


def as_initial(plan: dict[str, Any]) -> dict[str, str]:
    """What the form shows of a remembered plan."""
    order = {True: "day", False: "month", None: ""}[plan["day_first"]]
    return {**plan["columns"], "order": order, "zone": plan["zone"]}


class PublisherForm(forms.Form):
    """A publisher's name and host."""

    name = forms.CharField(max_length=200)
    domain = forms.CharField(
        label="Host", required=False, max_length=200, help_text="Such as harbour.example."
    )


class SamePublisherForm(forms.Form):
    """The publisher that another one is."""

    into = forms.CharField(
        label="Name or host of the publisher it is",
        max_length=200,
        help_text="What arrives from now on is that publisher's; documents keep their names.",
    )

    def clean_into(self) -> Publisher:
        """The publisher of this name or host, which must be known."""
        said = " ".join(str(self.cleaned_data["into"]).split())
        known = Publisher.objects.filter(Q(name__iexact=said) | Q(domain__iexact=said))
        found = known.select_related("merged_into").order_by("name").first()
        if found is None:
            raise forms.ValidationError("There is no publisher of this name or host.")
        return found.standing
