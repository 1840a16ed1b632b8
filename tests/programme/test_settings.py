"""Settings are read whole or refused with their place; one line changes and nothing else."""

from __future__ import annotations

import pytest

from assistant.errors import InputError
from assistant.programme.reading import Document
from assistant.programme.settings import (
    SETTINGS,
    ReadSettings,
    Settings,
    first_text,
    parse_settings,
    with_setting,
    without_setting,
)

DEFAULTS = ReadSettings(Settings(), frozenset())


def read(text: str) -> ReadSettings:
    return parse_settings(Document(text, "settings.yaml"))


@pytest.mark.parametrize("text", ["", "# nothing\n", first_text()])
def test_a_file_that_says_nothing_leaves_everything_at_its_default(text: str) -> None:
    """As does the one that everybody begins with."""
    assert read(text) == DEFAULTS


def test_what_is_given_is_told_from_what_is_not() -> None:
    """A device's number is one of its names; a null is as good as nothing."""
    found = read("volume_db: -3\ntalkative: no\nmicrophone: 2\nloudspeaker: ~\nkeep_misheard: yes\n")
    assert found.settings == Settings(volume_db=-3.0, talkative=False, microphone="2", keep_misheard=True)
    assert found.given == {"volume_db", "talkative", "microphone", "keep_misheard"}


def test_no_sound_is_kept_unless_it_is_asked_for() -> None:
    """Not even a second of it."""
    assert Settings().keep_misheard is False


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("volume: 3", "no such field"),
        ("volume_db: 7", "less than or equal to 6"),
        ("volume_db: .nan", "number"),
        ("talkative: perhaps", "boolean"),
        ("voice: ''", "at least 1 character"),
        ("voice: 3", "string"),
        ("microphone: true", "yes or no"),
        ("microphone: [1, 2]", "integer"),
        ("- voice", "hold fields"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(line: str, problem: str) -> None:
    """And what can be done about it."""
    with pytest.raises(InputError, match=problem) as caught:
        read(f"# mine\n{line}\n")
    assert (caught.value.file, caught.value.line) == ("settings.yaml", 2 if "- " not in line else 1)
    assert caught.value.remedy


def test_every_setting_is_in_the_first_file_and_can_be_set_there() -> None:
    """In the place of the comment that explains it."""
    for setting in SETTINGS:
        text = with_setting(first_text(), "settings.yaml", setting.name, setting.example)
        assert text == first_text().replace(f"# {setting.name}: ", f"{setting.name}: ")
        assert read(text).given == {setting.name}


def test_one_line_is_changed_and_nothing_else() -> None:
    """Comments, also on the same line, order and blank lines stay."""
    text = "# mine\nvoice: 'en'  # calm\n\nvolume_db: 3\n# end"
    assert with_setting(text, "f", "voice", "other") == text.replace("'en'", "other")
    assert with_setting(text, "f", "volume_db", "-3") == text.replace("3", "-3")
    assert with_setting(text, "f", "talkative", "false") == f"{text}\ntalkative: false\n"


@pytest.mark.parametrize("value", ["USB: Mic #2", "no", "~", "'", '"quoted"', "[1]", "- a", "3", "a\\b", "ö"])
def test_a_value_is_read_as_it_was_typed(value: str) -> None:
    """In quotes where YAML would take it for something else."""
    assert read(with_setting("", "f", "microphone", value)).settings.microphone == value


def test_a_setting_goes_back_to_its_default() -> None:
    """Its line becomes the comment it was; one that is not there stays away."""
    text = with_setting(first_text(), "f", "volume_db", "-3")
    assert without_setting(text, "f", "volume_db") == first_text()
    assert without_setting("voice: en\n", "f", "model") == "voice: en\n"


@pytest.mark.parametrize(
    "change", [lambda: with_setting("", "f", "x", "1"), lambda: without_setting("", "f", "x")]
)
def test_an_unknown_setting_is_refused_with_those_there_are(change: object) -> None:
    """Whatever is to be done with it."""
    assert callable(change)
    with pytest.raises(InputError, match="volume_db"):
        change()


def test_a_wrong_value_is_refused_with_what_it_means() -> None:
    """Before the file is touched."""
    with pytest.raises(InputError, match="decibels") as caught:
        with_setting("", "f", "volume_db", "loud")
    assert caught.value.field == "volume_db"


@pytest.mark.parametrize("text", ["voice: >-\n  en\n", "{voice: en}\n"])
def test_a_value_that_is_no_line_of_its_own_is_left_to_the_editor(text: str) -> None:
    """Rather than to luck."""
    with pytest.raises(InputError, match="settings edit"):
        with_setting(text, "f", "voice", "other")
    with pytest.raises(InputError, match="settings edit"):
        without_setting(text, "f", "voice")
