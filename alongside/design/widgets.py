"""Widgets of our own, for questions a browser asks badly."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.renderer import dress


class DayWidget(forms.MultiWidget):
    """A day as three boxes. Use with forms.DateField; what was typed is given back as typed."""

    template_name = "design/widgets/day.html"
    use_fieldset = True
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(attrs={"inputmode": "numeric"}) for name in self.labels
        }
        super().__init__(boxes, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each box with its label."""
        context = super().get_context(name, value, attrs)
        for box, (part, label) in zip(context["widget"]["subwidgets"], self.labels.items(), strict=True):
            box.update(part=part, label=label)
            dress(box["attrs"], "govuk-input")
            box["attrs"]["class"] += " govuk-date-input__input"
        return context

    def decompress(self, value: Any) -> list[Any]:
        """Day, month and year of a date, or of the year-month-day text that was typed."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        parts = str(value).split("-") if value else []
        return parts[::-1] if len(parts) == len(self.labels) else [None] * len(self.labels)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Year-month-day as typed, or None when all three boxes are empty."""
        day, month, year = super().value_from_datadict(data, files, name)
        return f"{year}-{month}-{day}" if day or month or year else None
