"""Articles that come in, and claims taken out of them by hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from claims.forms.fields import DATE, short_text
from sources.capture import MAX_AUTHOR, MAX_BYTES, MAX_TITLE
from sources.models import Document

ONE_SOURCE = "Paste a text, choose a file or give an address: one of them."


class KnownForm(forms.Form):
    """What is known about an article."""

    title = forms.CharField(required=False, max_length=MAX_TITLE)
    author = forms.CharField(
        required=False,
        max_length=MAX_AUTHOR,
        help_text="Claims that nobody else is named for are the author's.",
    )
    publisher = forms.CharField(required=False, max_length=200)
    published_on = forms.DateField(
        label="Published on",
        required=False,
        widget=DATE,
        help_text="Time words are counted from here; without it, from the day of capture.",
    )


class IntakeForm(KnownForm):
    """An article, pasted, uploaded or to be fetched, with what is known about it."""

    field_order = ("text", "file", "url")

    text = forms.CharField(
        label="Text", required=False, strip=False, widget=short_text(14, **{"class": "said"})
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        help_text="Text, HTML, PDF or Word, up to 20 MB.",
        widget=forms.ClearableFileInput(attrs={"data-max-bytes": MAX_BYTES}),
    )
    url = forms.URLField(
        label="Or an address",
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text="Alone, the page is fetched; beside a text or a file, it says where that stood.",
    )

    def clean_text(self) -> str:
        """The text; "" where it is blank."""
        text = str(self.cleaned_data["text"])
        return text if text.strip() else ""

    def clean_file(self) -> UploadedFile | None:
        """The file, looked at before it is read."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_BYTES:
            raise ValidationError(f"{file.name} is larger than {MAX_BYTES // 2**20} MB.")
        return file

    def clean(self) -> dict[str, Any]:
        """Takes one source: a text, a file, or an address by itself."""
        data = super().clean() or {}
        sources = [name for name in ("text", "file") if name in self.errors or data.get(name)]
        if len(sources) > 1 or not (sources or "url" in self.errors or data.get("url")):
            raise ValidationError(ONE_SOURCE)
        return data

    @property
    def source(self) -> str:
        """The field that a valid form takes the article from."""
        return next(name for name in ("file", "text", "url") if self.cleaned_data[name])


class CorrectForm(KnownForm):
    """What is known about an article, as it was captured or corrected last."""

    @classmethod
    def of(cls, document: Document) -> "CorrectForm":
        """The form with what is known now."""
        return cls(
            initial={
                "title": document.title,
                "author": document.author,
                "publisher": document.publisher.name if document.publisher else "",
                "published_on": document.published_at and timezone.localdate(document.published_at),
            }
        )


class QuoteForm(forms.Form):
    """A claim by hand: words of the document, exactly as they stand there."""

    exact = forms.CharField(
        label="Exact words", strip=False, widget=short_text(3, **{"class": "said"})
    )

    def clean_exact(self) -> str:
        """The words with the line ends of documents: browsers send others."""
        return str(self.cleaned_data["exact"]).replace("\r\n", "\n")
