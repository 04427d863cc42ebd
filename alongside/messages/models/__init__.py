"""The outbox, the hellos at the door, and the whys asked about a look."""

from alongside.messages.models.hello import FullHouse, Hello, HelloAnswer, HelloWait
from alongside.messages.models.outbox import Delivery, Message
from alongside.messages.models.why import WhyAsked

__all__ = ["Delivery", "FullHouse", "Hello", "HelloAnswer", "HelloWait", "Message", "WhyAsked"]
