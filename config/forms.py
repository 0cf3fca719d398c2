"""How forms are drawn: every field through one component."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Draws each field group with our own component."""

    field_template_name = "components/field.html"
