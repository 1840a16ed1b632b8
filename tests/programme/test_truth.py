"""`true` is no number, though Python takes it for 1."""

from __future__ import annotations

import pytest

from assistant.errors import InputError
from assistant.programme.reading import Document
from assistant.programme.settings import parse_settings
from tests.parsing import parse_routine


@pytest.mark.parametrize("field", ["sets", "rest", "range"])
def test_a_routine_has_numbers(field: str) -> None:
    """The field is named."""
    text = f"name: a\nwork:\n  - {{exercise: gentle-core, {field}: true}}\n"
    with pytest.raises(InputError, match="true says yes or no") as caught:
        parse_routine(text, "a.yaml")
    assert (caught.value.line, caught.value.field) == (3, f"work[0].{field}")


def test_settings_have_numbers() -> None:
    """And where yes or no is meant, that is fine."""
    with pytest.raises(InputError, match="true says yes or no") as caught:
        parse_settings(Document("volume_db: true\n", "settings.yaml"))
    assert caught.value.field == "volume_db"
    assert parse_settings(Document("talkative: true\n", "settings.yaml")).settings.talkative


def test_a_device_is_a_number_or_a_name() -> None:
    """No name of the machinery is in the field's."""
    with pytest.raises(InputError) as caught:
        parse_settings(Document("microphone: 1.5\n", "settings.yaml"))
    assert caught.value.field == "microphone"
