"""Languages a place may speak, each by its own name, so that its speakers find it."""

LANGUAGES = (
    ("en", "English"),
    ("cy", "Cymraeg"),
    ("bfi", "British Sign Language"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("gu", "ગુજરાતી"),
    ("ku", "Kurdî"),
    ("lt", "Lietuvių"),
    ("ml", "മലയാളം"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("so", "Soomaali"),
    ("sq", "Shqip"),
    ("ta", "தமிழ்"),
    ("ti", "ትግርኛ"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("zh", "中文"),
)
NAMES = dict(LANGUAGES)


def named(code: str) -> str:
    """What a language calls itself; its code where we do not know."""
    return NAMES.get(code, code)
