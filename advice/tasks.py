"""What the worker does for a letter: make its PDF, once, from the frozen text."""

from celery import shared_task

from advice.printing import ANSWER, LADDER, LARGE, LETTER
from portal.printable import PATIENT, print_once
from portal.queues import hand_over


@shared_task(**PATIENT)
def render_copy(copy_id: int) -> str:
    """The PDF of one copy of a letter. All of these: twice is harmless, and a failure leaves nothing behind."""
    return print_once(LETTER, copy_id)


@shared_task(**PATIENT)
def render_large(copy_id: int) -> str:
    """The same copy in large print."""
    return print_once(LARGE, copy_id)


@shared_task(**PATIENT)
def render_response(response_letter_id: int) -> str:
    """The answer of the executive."""
    return print_once(ANSWER, response_letter_id)


@shared_task(**PATIENT)
def render_ladder(ladder_letter_id: int) -> str:
    """The letter of the council when no answer came."""
    return print_once(LADDER, ladder_letter_id)


TASKS = [(LETTER, render_copy), (ANSWER, render_response), (LADDER, render_ladder), (LARGE, render_large)]


# When the queue is away, the sweep of render_letters does it a minute later.


def ask_to_render(copy_id: int) -> None:
    hand_over(render_copy, copy_id)


def ask_to_render_large(copy_id: int) -> None:
    hand_over(render_large, copy_id)


def ask_to_render_response(response_letter_id: int) -> None:
    hand_over(render_response, response_letter_id)


def ask_to_render_ladder(ladder_letter_id: int) -> None:
    hand_over(render_ladder, ladder_letter_id)
