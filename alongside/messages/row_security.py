"""Words of a message: its sender and the one it is to. Words of a hello: who said it, who was named.

Who looks after the place sees that something is stuck or waits (`delivery`, `hellowait`, `fullhouse`), and
no word of it.
"""

from alongside.kernel.rows import ME, MINE, Rows, doing, holding, within

MESSAGE, DELIVERY = "alongside_messages_message", "alongside_messages_delivery"
HELLO, WAIT = "alongside_messages_hello", "alongside_messages_hellowait"

SENDING = doing("messages.send")
HELLOS = doing("hello")
LOOKS_AFTER = holding("place_steward", "team_lead", "duty_human")
# The house writes a message for a named human in these works; everybody else only as themselves.
WRITES = f"sender_id = {ME} OR {doing('messages.send', 'hello', 'sign_in', 'consent.tell')}"

ROWS = [
    Rows(
        MESSAGE,
        # A link to sign in is for nobody's eyes but the one who asked for it.
        see=f"to_person_id = {MINE} OR (sender_id = {ME} AND about_type <> 'sign_in') OR {SENDING}",
        add=WRITES,
        change=SENDING,
    ),
    Rows(
        DELIVERY,
        see=f"sender_id = {ME} OR {LOOKS_AFTER} OR {SENDING} OR {within(MESSAGE, 'message_id')}",
        add=WRITES,
        change=f"sender_id = {ME} OR {LOOKS_AFTER} OR {SENDING}",
    ),
    Rows(
        HELLO,
        see=f"person_id = {MINE} OR named_id = {ME} OR entered_by_id = {ME}"
        f" OR (no_room AND {holding('duty_human')}) OR {HELLOS}",
        add=HELLOS,
        change=f"named_id = {ME} OR (no_room AND {holding('duty_human')}) OR {HELLOS}",
    ),
    Rows(
        "alongside_messages_helloanswer",
        see=f"{within(HELLO, 'hello_id')} OR {HELLOS}",
        add=f"{HELLOS} OR (by_id = {ME} AND {within(HELLO, 'hello_id')})",
    ),
    Rows(
        WAIT,
        see=f"{LOOKS_AFTER} OR {HELLOS} OR {within(HELLO, 'hello_id')}",
        add=HELLOS,
        change=f"named_id = {ME} OR {holding('duty_human')} OR {HELLOS}",
    ),
    Rows(
        "alongside_messages_fullhouse",
        see=f"{LOOKS_AFTER} OR {HELLOS}",
        add=HELLOS,
        change=LOOKS_AFTER,
    ),
    Rows(
        "alongside_messages_whyasked",
        see=f"person_id = {MINE} OR looker_id = {ME} OR also_told_id = {ME}",
        add=f"person_id = {MINE}",
        change=f"looker_id = {ME} OR also_told_id = {ME}",
    ),
]
