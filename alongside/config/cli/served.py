"""What a serving process runs: the application, and a watch that ends it when `alongside serve` is no more.

A server that was killed leaves its processes behind, and they would go on holding the port.
"""

import os
import threading
import time

from alongside.config.logs import nothing_else_speaks
from alongside.config.wsgi import application

__all__ = ["application"]
LOOK_EVERY = 1.0


def end_with_parent(parent: int) -> None:
    """Watch the process that started us; without it there is nobody to stop us."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(1)


nothing_else_speaks()
# Set by `serve`: a process that asks for its parent too late finds process 1.
parent = int(os.environ["ALONGSIDE_SERVED_BY"])
threading.Thread(target=end_with_parent, args=(parent,), name="end with parent", daemon=True).start()
