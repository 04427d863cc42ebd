"""How messages leave the house: owned by the room `messages`."""

import os

# "console" (the demo), "smtp" or "notify"; texts only ever leave by Notify.
MAIL_BY = os.environ.get("ALONGSIDE_MAIL_BY", "console")
EMAIL_HOST = os.environ.get("ALONGSIDE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("ALONGSIDE_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ALONGSIDE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ALONGSIDE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ALONGSIDE_SMTP_TLS", "") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "hello@localhost")
