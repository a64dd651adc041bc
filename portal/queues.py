"""Handing work to the queue, without waiting for a queue that is away: a sweep comes after it."""

import logging
import time
from typing import Any

from kombu.exceptions import OperationalError

logger = logging.getLogger("portal.queues")
AWAY_SECONDS = 30

_away_until = 0.0  # monotonic seconds; one failure saves the next tasks of this process a wait each


def hand_over(task: Any, *args: object) -> bool:
    """Put the task in the queue; False when the queue is away and the sweep of this work has to do it."""
    global _away_until
    if time.monotonic() < _away_until:
        return False
    try:
        task.apply_async(args=args, retry=False)
    except OperationalError:
        _away_until = time.monotonic() + AWAY_SECONDS
        logger.warning("the queue is away; a sweep does the work later")
        return False
    return True
