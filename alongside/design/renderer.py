"""How a form looks: Django's own widgets, dressed in the house's classes.

Set FORM_RENDERER = "alongside.design.renderer.Renderer".
"""

from typing import Any

from django.forms.renderers import DjangoTemplates

DJANGO = "django/forms/widgets/"
CLASSES = {
    "textarea.html": "govuk-textarea",
    "select.html": "govuk-select",
    "file.html": "govuk-file-upload",
    "clearable_file_input.html": "govuk-file-upload",
    "checkbox.html": "govuk-checkboxes__input",
    "radio.html": "",
    "checkbox_select.html": "",
    "multiwidget.html": "",
    "hidden.html": "",
}
OURS = {
    "radio.html": "design/widgets/radios.html",
    "checkbox_select.html": "design/widgets/checkboxes.html",
}


class Renderer(DjangoTemplates):
    """Labels, hints and errors in the order a screen reader wants them."""

    form_template_name = "design/forms/div.html"
    field_template_name = "design/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The markup for a form, a field or a widget; widgets get our class and lose `required`."""
        name = template_name.removeprefix(DJANGO)
        if template_name.startswith(DJANGO):
            dress(context["widget"]["attrs"], CLASSES.get(name, "govuk-input"))
            template_name = OURS.get(name, template_name)
        return super().render(template_name, context, request)


def dress(attrs: dict[str, Any], css: str) -> None:
    """Add our class. `required` goes: the browser's own bubble is not a sentence, our answer is."""
    attrs.pop("required", None)
    wrong = f"{css}--error" if css and attrs.get("aria-invalid") else ""
    classes = " ".join(part for part in (css, wrong, attrs.get("class", "")) if part)
    if classes:
        attrs["class"] = classes
