"""Tables of claims that come in."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from claims.importing import MAX_BYTES


class ClaimImportForm(forms.Form):
    """A table of claims as a file."""

    file = forms.FileField(
        label="Table",
        help_text="CSV or XLSX, up to 20 MB and 20,000 rows, with the names of its columns in the "
        "first row.",
    )

    def clean_file(self) -> UploadedFile:
        """Refuses a file that is too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(f"“{file.name}” is larger than 20 MB. Divide it.")
        return file
