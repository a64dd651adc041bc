"""The colour of a council in print: one accent, from which the tint and the lines follow."""

import re

WHITE = (255, 255, 255)
READABLE = 7  # contrast of small text that older eyes read without effort (WCAG AAA)


def theme_css(accent: str) -> str:
    """CSS for `#rrggbb`; a colour too light to read on its own tint is darkened until it is not."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise ValueError(f"not a colour: {accent!r}")
    colour = tuple(int(accent[i : i + 2], 16) for i in (1, 3, 5))
    while contrast(colour, mix(colour, WHITE, 0.93)) < READABLE:
        colour = mix(colour, (0, 0, 0), 0.05)
    tint, line = mix(colour, WHITE, 0.93), mix(colour, WHITE, 0.6)
    return f":root {{ --accent: {as_hex(colour)}; --tint: {as_hex(tint)}; --line: {as_hex(line)} }}"


def mix(one: tuple[int, ...], other: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def as_hex(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
