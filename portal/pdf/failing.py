class PressFailed(Exception):
    """This document could not be made. `why`: time, memory, fell (the child is gone), broken or fault (its own)."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{why} {where}".strip())
        self.why = why
