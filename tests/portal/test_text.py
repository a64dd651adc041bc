"""What people and programs send as a number."""

import pytest

from portal.text import whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("007", 7), ("999999999", 999_999_999), ("1" * 10, 0), ("9" * 5000, 0), ("", 0), ("-1", 0), ("²", 0),
     ("٣", 0), ("1\0", 0), ("1 ", 0)],
)  # fmt: skip
def test_anything_but_a_number_of_at_most_nine_digits_is_no_row(typed, number):
    assert whole_number(typed) == number
