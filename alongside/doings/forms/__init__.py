"""What the pages of the room ask: words, and the rest with good answers in it (I34)."""

from alongside.doings.forms.beside import IN_A_WEEK, CalendarForm, PromiseForm, QuickForm, SettleForm
from alongside.doings.forms.plan import AddForm, HowForm, MoveForm, RewordForm, SaidForm
from alongside.doings.forms.to import DutyForm, QuestionForm, ToldForm, YesForm

__all__ = [
    "IN_A_WEEK",
    "AddForm",
    "CalendarForm",
    "DutyForm",
    "HowForm",
    "MoveForm",
    "PromiseForm",
    "QuestionForm",
    "QuickForm",
    "RewordForm",
    "SaidForm",
    "SettleForm",
    "ToldForm",
    "YesForm",
]
