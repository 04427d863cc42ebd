"""Can this computer put the place's languages on paper?"""

from collections.abc import Iterator

from alongside.config.cli.checks.finding import Finding, fine


def letters() -> Iterator[Finding]:
    """Which of the place's languages a PDF cannot show here. Pages print from the browser either way."""
    from alongside.accounts.models import Place
    from alongside.pages.paper import missing_scripts

    ours = Place.objects.first()
    lacking = missing_scripts(ours.languages if ours else ["en"])
    if not lacking:
        yield fine("paper", "Every language of the place can be put on paper.")
        return
    names = ", ".join(dict.fromkeys(str(script.name) for script in lacking))
    packages = " ".join(sorted({script.package for script in lacking}))
    yield fine(
        "paper",
        f"A PDF cannot show {names} yet: sudo apt-get install {packages}. Pages print from the browser.",
    )
