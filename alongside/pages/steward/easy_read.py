"""A steward writes the easy read of a page: short sentences, each with a picture if there is one."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.accounts.place.operations import EasyLine, write_easy_read
from alongside.accounts.place.operations.easy_read import MOST_BYTES, MOST_LINES
from alongside.accounts.place.policies import check_can_change_words
from alongside.accounts.place.queries import easy_pictures, easy_read_written, easy_reads
from alongside.design.templatetags.design import own_name
from alongside.kernel.policy import signed_in
from alongside.people.forms import OwnForm
from alongside.story.uploads import NotKept
from alongside.story.uploads.picture import made_anew, small

# Pages that residents see; which of them have an easy read is the place's to say.
PAGES = {
    "home": gettext_lazy("The front door"),
    "say_hello": gettext_lazy("Saying hello"),
    "sign_in": gettext_lazy("Signing in"),
    "my_page": gettext_lazy("My page"),
    "story": gettext_lazy("My story"),
    "circle": gettext_lazy("My circle"),
    "say_so": gettext_lazy("Who may read my page"),
    "who_looked": gettext_lazy("Who looked at my page"),
    "one_page": gettext_lazy("One page about me"),
    "my_reach": gettext_lazy("How to reach me, and how not"),
    "place": gettext_lazy("Our place"),
    "one_minute": gettext_lazy("What this is, in one minute"),
}
MORE = 3  # empty lines beneath those that are written


class EasyReadForm(OwnForm):
    """So many lines: words, a picture, and what it shows."""

    def __init__(self, *args: Any, written: list[Any], **more: Any) -> None:
        """Fields for what is `written`, and a few more."""
        super().__init__(*args, **more)
        self.lines = min(max(len(written) + MORE, self._sent()), MOST_LINES)
        for number in range(1, self.lines + 1):
            line = written[number - 1] if number <= len(written) else None
            self._add_line(number, line)

    def _sent(self) -> int:
        """How many lines came with it: more than are written where somebody else wrote fewer in the meantime."""
        numbers = [name.removeprefix("words_") for name in self.data if name.startswith("words_")]
        return max((int(number) for number in numbers if number.isdecimal()), default=0)

    def _add_line(self, number: int, line: Any) -> None:
        said = {"number": number}
        has = bool(line and line.has_picture)
        self.fields[f"words_{number}"] = forms.CharField(
            label=_("Sentence %(number)s") % said,
            max_length=200,
            required=False,
            initial=line.words if line else "",
        )
        self.fields[f"picture_{number}"] = forms.FileField(
            label=(_("Another picture for %(number)s") if has else _("A picture for %(number)s")) % said,
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/*"}),
        )
        self.fields[f"described_{number}"] = forms.CharField(
            label=_("What picture %(number)s shows") % said,
            help_text=_("For whoever cannot see it.") if number == 1 else "",
            max_length=200,
            required=False,
            initial=line.described if line else "",
        )
        if has:
            self.fields[f"without_{number}"] = forms.BooleanField(
                label=_("Take the picture of %(number)s away") % said, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Pictures made anew and small; a slip is told beside its line."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, self.lines + 1):
            self._clean_line(number, cleaned)
        return cleaned

    def _clean_line(self, number: int, cleaned: dict[str, Any]) -> None:
        sent = cleaned.get(f"picture_{number}")
        if not sent:
            return
        if not cleaned.get(f"words_{number}"):
            self.add_error(f"words_{number}", _("Say something beside this picture."))
        if not cleaned.get(f"described_{number}"):
            self.add_error(f"described_{number}", _("Say in a few words what the picture shows."))
        try:
            cleaned[f"jpeg_{number}"] = small(made_anew(sent.read(MOST_BYTES * 30), "drawing").content)
        except NotKept as slip:
            self.add_error(f"picture_{number}", str(slip))

    def told(self, kept: dict[int, bytes]) -> list[EasyLine]:
        """The lines in their order; `kept` holds the pictures that stood there before."""
        found = self.cleaned_data
        return [
            EasyLine(words=found[f"words_{number}"], picture=picture, described=described if picture else "")
            for number in range(1, self.lines + 1)
            if found[f"words_{number}"]
            for picture in [self._picture(number, kept)]
            for described in [found[f"described_{number}"]]
        ]

    def _picture(self, number: int, kept: dict[int, bytes]) -> bytes | None:
        if f"jpeg_{number}" in self.cleaned_data:
            return bytes(self.cleaned_data[f"jpeg_{number}"])
        return None if self.cleaned_data.get(f"without_{number}") else kept.get(number)


@signed_in(check_can_change_words)
def easy_read_pages(request: HttpRequest) -> HttpResponse:
    """Every page that may have an easy read, and the languages it is written in."""
    written = easy_reads(viewer=request.viewer)
    pages = [
        {
            "page": page,
            "title": title,
            "languages": [
                {"code": code, "name": own_name(code), "lines": written.get((page, code), 0)}
                for code in (each.split("-")[0] for each, _name in settings.LANGUAGES)
            ],
        }
        for page, title in PAGES.items()
    ]
    return render(request, "pages/steward/easy_read_pages.html", {"pages": pages})


@signed_in(check_can_change_words)
def easy_read(request: HttpRequest, page: str, language: str) -> HttpResponse:
    """Write the easy read of one page in one language."""
    if page not in PAGES or language not in {code.split("-")[0] for code, _name in settings.LANGUAGES}:
        raise Http404
    written = easy_read_written(viewer=request.viewer, page=page, language=language)
    form = EasyReadForm(*((request.POST, request.FILES) if request.method == "POST" else ()), written=written)
    if form.is_bound and form.carried_out(lambda: _write(request, form, page, language)):
        messages.success(request, _("Kept. Whoever opens that page can read it now."))
        return redirect("steward_easy_read", page=page, language=language)
    context = {"form": form, "title": PAGES[page], "language": own_name(language), "written": written}
    return render(request, "pages/steward/easy_read.html", context)


def _write(request: HttpRequest, form: EasyReadForm, page: str, language: str) -> None:
    kept = easy_pictures(viewer=request.viewer, page=page, language=language)
    write_easy_read(by=request.viewer, page=page, language=language, lines=form.told(kept))
