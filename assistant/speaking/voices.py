"""How a person's name for a voice finds the one that the engine knows."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from assistant.errors import InputError


class VoiceNames:
    """The voices and variants that are installed.

    espeak-ng itself ignores a variant that it does not have, and takes a variant for a voice.

    Args:
        languages: The languages of each voice, by its identifier, such as "gmw/en-us".
        variants: Names of the variants, such as "f3".
    """

    def __init__(self, languages: Mapping[str, tuple[str, ...]], variants: tuple[str, ...]) -> None:
        self.languages = dict(languages)
        """The languages of each voice, by its identifier."""
        self.variants = variants
        """Names of the variants."""
        self._variants = {variant.lower(): variant for variant in variants}
        spoken = [(language.lower(), voice) for voice, all_of in languages.items() for language in all_of]
        self._voices = {
            # The first voice of a language has it; a voice's own name wins over a language that others speak.
            **dict(reversed(spoken)),
            **{voice.rpartition("/")[2].lower(): voice for voice in languages},
            **{voice.lower(): voice for voice in languages},
        }

    def resolve(self, name: str) -> str:
        """Return the engine's identifier for a voice named by a person, in any case of letters.

        Raises:
            InputError: there is no such voice or variant; it names some that there are.
        """
        wanted, plus, variant = name.lower().partition("+")
        voice = self._voices.get(wanted)
        if voice is None:
            raise InputError(
                f"there is no voice “{name}”",
                remedy=f"Choose one of {_some(self._voices, wanted)} (`imprint voices --engine` lists all)",
            )
        if not plus:
            return voice
        if variant not in self._variants:
            raise InputError(
                f"the voice “{name}” has no variant “{variant}”",
                remedy=f"Choose one of {_some(self._variants, variant)} (`imprint voices --engine` lists "
                "all)",
            )
        return f"{voice}+{self._variants[variant]}"


def _some(names: Mapping[str, str], wanted: str) -> str:
    known = sorted(name for name in names if "/" not in name)
    close = difflib.get_close_matches(wanted, known, n=4, cutoff=0.5)
    return ", ".join(dict.fromkeys([*close, *known[:4]]))
