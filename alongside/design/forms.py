"""Forms of the showcase: one of every kind of question, asked of nobody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.widgets import DayWidget

LANGUAGES = [("en", "English"), ("pl", "Polski"), ("ar", "العربية")]
WAYS = [("text", _("A text")), ("ring", _("Ring me")), ("door", _("Knock on my door"))]


class HelloForm(forms.Form):
    """One question, which is the heading of its page."""

    asks = "words"

    words = forms.CharField(
        label=_("What would you like us to know?"),
        help_text=_("Any words will do. Nobody marks them."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say a word or two, so that we know what to bring.")},
    )


class EveryQuestionForm(forms.Form):
    """One of every kind of field."""

    name = forms.CharField(
        label=_("What should we call you?"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us what to call you. A first name is plenty.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("That e-mail has a slip in it. It looks like sam@tynebank.example.")},
    )
    words = forms.CharField(label=_("In your own words"), required=False, widget=forms.Textarea)
    way = forms.ChoiceField(
        label=_("How would you like to hear from us?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you would like to hear from us.")},
    )
    times = forms.MultipleChoiceField(
        label=_("When is good?"),
        help_text=_("Choose as many as you like."),
        required=False,
        choices=[("am", _("Mornings")), ("pm", _("Afternoons")), ("eve", _("Evenings"))],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    day = forms.DateField(
        label=_("Which day?"),
        help_text=_("For example, 27 3 2027."),
        required=False,
        widget=DayWidget,
        error_messages={"invalid": _("That day is not in the calendar. Write it like 27 3 2027.")},
    )
    photo = forms.FileField(label=_("A photo or a drawing"), required=False)
    quiet = forms.BooleanField(label=_("Do not ring me at home"), required=False)
