"""Names that a person writes, and the voices they mean."""

from __future__ import annotations

import pytest

from assistant.errors import InputError
from assistant.speaking.voices import VoiceNames

NAMES = VoiceNames(
    {"gmw/en": ("en-gb",), "gmw/en-us": ("en-us",), "gmw/en-gb-x-rp": ("en-gb",), "eu": ("eu",)},
    ("f3", "Annie"),
)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("gmw/en-us", "gmw/en-us"),
        ("en-US", "gmw/en-us"),
        ("en", "gmw/en"),
        ("en-gb", "gmw/en"),
        ("eu", "eu"),
        ("en-us+f3", "gmw/en-us+f3"),
        ("gmw/en+annie", "gmw/en+Annie"),
    ],
)
def test_a_name_finds_its_voice(name: str, identifier: str) -> None:
    """By identifier, its last part, or the language, which the first voice of it wins."""
    assert NAMES.resolve(name) == identifier


@pytest.mark.parametrize("name", ["", "en-zz", "+f3", "f3", "gmw"])
def test_an_unknown_voice_is_refused(name: str) -> None:
    """A variant alone is no voice either."""
    with pytest.raises(InputError, match="there is no voice"):
        NAMES.resolve(name)


@pytest.mark.parametrize("name", ["en-us+", "en-us+f9", "en-us+f3+f3"])
def test_an_unknown_variant_is_refused_and_some_are_named(name: str) -> None:
    """With those that there are."""
    with pytest.raises(InputError, match="has no variant") as caught:
        NAMES.resolve(name)
    assert "f3" in caught.value.remedy


def test_names_that_are_near_in_spelling_come_first() -> None:
    """A slip of the pen is put right at a glance."""
    with pytest.raises(InputError) as caught:
        NAMES.resolve("en-usa")
    assert caught.value.remedy.startswith("Choose one of en-us,")
