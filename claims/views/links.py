"""Links within the words that a page says to whoever did something."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sources.models import Event


def link_to(event: Event) -> SafeString:
    """The title of an event, which leads to it."""
    return format_html('<a href="{}">{}</a>', event.get_absolute_url(), event.title)
