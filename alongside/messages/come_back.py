"""Four short words with which somebody without an account comes back to their hello.

They are a key: only their digest is kept, and wrong ones are counted. 276 words in four places are more
than 2^32 keys; with the rate below, trying for a hundred days finds one of five hundred open hellos. A
key opens nothing after 60 days.
"""

import datetime as dt
import hashlib
import hmac
import re
import secrets
from functools import cache

from alongside.kernel.secrets import secret

GOOD_FOR = dt.timedelta(days=60)
# Wrong ones are counted by the rate of this name in `ACCOUNT_RATE_LIMITS`: by address, and in all.
RATE = "come_back"

_LIST = """
apple apron arch autumn baker banjo barge barley barn basil basket bay beach bean bell bench berry bike birch
bird biscuit blanket boat bonfire book boot bowl braid branch bread breeze brick bridge broom brook bucket bud
bus butter button cabin cake candle canoe cap card carol carrot cart castle cedar chair chalk cheese cherry
chime clay cliff clock cloud clover coast coat cocoa coin comb copper coral cord corn cot cotton cove crab
cradle cream creek cress crumb cup curtain daisy dance dawn deck denim dew dish dock door dove drum dune eagle
echo elm ember fable fair falcon feather fern ferry fiddle field fig finch fir flag flask flour flower flute fog
fold forest fox frost garden gate ginger glade globe glove goose grain grape grass gravel grove gull hall
harbour harp hat hay hazel heather hedge heron hill hive honey horn hut ink iris island ivy jacket jam jar jetty
jug juniper kayak kettle key kite lace ladder lake lamp lane lantern lark leaf lemon letter lilac lily lime
linen loaf loft loom maple marble market meadow melon mill mint mist moon moss mug music nest nut oak oat oboe
olive onion orange orchard otter owl paddle paint paper park parsley path peach pear pebble pencil piano picnic
pillow pine pipe plum pocket pond poppy porch postcard pot quilt rain raven reed ribbon ridge river robin rope
rose rowan sail salt sand scarf seed shawl shell shore silk sky slate snow song spoon spring star stone stool
stream sugar summer sun swan table teapot thistle thyme tide toast tower train tulip valley velvet violin wagon
walnut water wave wheat willow window wool wren
"""
WORDS = tuple(_LIST.split())


def new_key() -> str:
    """Four words, drawn by chance."""
    return "-".join(secrets.choice(WORDS) for _ in range(4))


def tidy(said: str) -> str:
    """As people type it: capitals, spaces and commas do not matter."""
    return "-".join(re.findall(r"[a-z]+", said.lower()))


def digest(key: str) -> str:
    """What is kept of a key: without the installation's secret it tells nothing.

    A secret of its own: it travels in a backup, so that people's words open their hello in a restored place.
    """
    return hmac.new(_digest_key(), tidy(key).encode(), hashlib.sha256).hexdigest()


@cache
def _digest_key() -> bytes:
    return secret("come_back_words").encode()
