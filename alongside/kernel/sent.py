"""Words that somebody sent and that cannot be kept: shown back to them, so that nothing is lost."""

from django.http import HttpRequest

# Never said back, whatever stands in it.
SECRETS = ("password", "csrf", "code", "key", "credential", "login", "token", "safe_word")


def words_sent(request: HttpRequest) -> list[str]:
    """Every line of words in a form that was sent, in its order; neither secrets nor single tokens."""
    if request.method != "POST":
        return []
    said = [
        value.strip()
        for name, values in request.POST.lists()
        if not any(secret in name.lower() for secret in SECRETS)
        for value in values
        if isinstance(value, str)
    ]
    # A key or a tick is one run of plain letters; words have a space in them, or letters of their own.
    return [words for words in said if len(words.split()) > 1 or not words.isascii()]
