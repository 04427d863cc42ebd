"""How messages leave the house, and when its door is open: owned by the room `messages`."""

import os

# "console" (the demo only), "smtp" or "notify"; texts only ever leave by Notify.
MAIL_BY = os.environ.get("ALONGSIDE_MAIL_BY", "console")
EMAIL_HOST = os.environ.get("ALONGSIDE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("ALONGSIDE_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ALONGSIDE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ALONGSIDE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ALONGSIDE_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_MAIL_FROM", "hello@localhost")

# GOV.UK Notify: templates with ((subject)) and ((words)), and one for texts with ((words)).
NOTIFY_KEY = os.environ.get("ALONGSIDE_NOTIFY_KEY", "")
NOTIFY_URL = os.environ.get("ALONGSIDE_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_EMAIL_TEMPLATE = os.environ.get("ALONGSIDE_NOTIFY_EMAIL_TEMPLATE", "")
NOTIFY_TEXT_TEMPLATE = os.environ.get("ALONGSIDE_NOTIFY_TEXT_TEMPLATE", "")

# How long after a handing over that was cut short we ask whoever carries it whether it arrived.
MESSAGES_LOOK_AGAIN_AFTER = int(os.environ.get("ALONGSIDE_LOOK_AGAIN_AFTER", "60"))
# Where the demo's messages are written, so that they can be read; empty where nothing may be.
MESSAGES_CONSOLE_FILE = os.environ.get("ALONGSIDE_CONSOLE_FILE", "")

# When a human is at the door, Monday to Friday, bank holidays of the country aside.
DOOR_OPENS = os.environ.get("ALONGSIDE_DOOR_OPENS", "09:00")
DOOR_SHUTS = os.environ.get("ALONGSIDE_DOOR_SHUTS", "17:00")
DOOR_COUNTRY = os.environ.get("ALONGSIDE_DOOR_COUNTRY", "ENG")
