"""The kinds of advisory lock of this floor (portal.locks), each with its number."""

LETTER_PDF, LARGE_PRINT, ANSWER_PDF, LADDER_PDF = 7001, 7002, 7003, 7004
STEPS, LADDER = 7005, 7006
