"""What `alongside check` looks at, each a small module of questions with sentences for answers."""

from alongside.config.cli.checks.finding import Finding, fine, wrong

__all__ = ["Finding", "fine", "wrong"]
