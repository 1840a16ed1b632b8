"""`imprint voices` and `imprint say`."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from assistant.cli.app import ERR, OUT, app, empty_table
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.coaching.plan import Cue
    from assistant.programme.voice import VoicePack


@app.command
def voices(*, engine: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Show the voice packs: where they are, their language, voice and counting.

    Parameters
    ----------
    engine
        Show the synthesizer's voices instead, which a pack's `voice:` can name.
    """
    from assistant.library.loader import find_voices
    from assistant.library.session import load_voice

    if engine:
        return _engine_voices()
    headings = ("name", "language", "voice", "rate", "pitch", "counting", "inherits", "where")
    table = empty_table(*headings, overflow="fold")
    broken: list[InputError] = []
    for folder, hidden_by in find_voices().items():
        try:
            pack = load_voice(str(folder))
        except InputError as error:
            broken.append(error)
            continue
        where = str(folder) if hidden_by is None else f"{folder}, hidden by {hidden_by}"
        sound = (pack.language, pack.voice, str(pack.words_per_minute), str(pack.pitch), pack.counting)
        table.add_row(folder.name, *sound, pack.inherits or "", where)
    OUT.print(table)
    for error in broken:
        ERR.print(f"imprint: {error}")
    OUT.print("Use one with: imprint start --voice NAME. Hear it with: imprint say greeting --voice NAME")
    return 1 if broken else 0


def _engine_voices() -> int:
    from assistant.speaking.espeak import engine, identity

    names = engine().names
    table = empty_table("voice", "languages", overflow="fold")
    for name, languages in sorted(names.languages.items()):
        table.add_row(name.rpartition("/")[2], ", ".join(languages))
    OUT.print(table)
    OUT.print(f"Variants, as in en-us+f3: {', '.join(sorted(names.variants, key=str.lower))}")
    OUT.print(f"These are the voices of {identity()}.")
    return 0


@app.command
def say(words: str, /, *, voice: str = "en", out: Path | None = None, speaker: str | None = None) -> int:
    """Let a voice say something: one of its cues, a number, or a sentence.

    Parameters
    ----------
    words
        The name of a cue, such as `greeting`; a number, which sounds as it is counted; or a sentence.
    voice
        A voice pack, or the name of one in voices/.
    out
        A WAV or FLAC file to write; by default it is played.
    speaker
        The loudspeaker: number or name as in `imprint devices`.
    """
    import numpy as np

    from assistant.library.session import load_voice
    from assistant.places import cache_folder
    from assistant.session.coach_voice import CoachVoice
    from assistant.sound import write_sound
    from assistant.speaking.clips import ClipStore
    from assistant.speaking.rendering import Pyttsx3Renderer

    pack = load_voice(voice)
    cue = _cue(pack, words)
    if cue is None:
        near = difflib.get_close_matches(words, pack.cues, n=3)
        meant = f" (did you mean {' or '.join(near)}?)" if near else ""
        ERR.print(f"imprint: {pack.name} has no cue {words!r}{meant}. Its cues are:")
        ERR.print(", ".join(sorted(pack.cues)))
        ERR.print("To have a word of your own said, put a full stop behind it.")
        return 2
    with Pyttsx3Renderer() as renderer:
        sounding = CoachVoice(pack, ClipStore(renderer, cache_folder() / "clips"))
        counted = words.isdecimal()
        parts = sounding.count(int(words), cue, in_words=False) if counted else (sounding.clip(cue).samples,)
    samples = np.zeros(max(part.size for part in parts), np.float32)
    for part in parts:
        samples[: part.size] += part
    if out is not None:
        write_sound(out, samples)
        return 0
    from assistant.live.devices import choose
    from assistant.live.stderr_silencer import silent_stderr
    from assistant.live.streams import play_out

    with silent_stderr():
        choose("loudspeaker", speaker)
        OUT.print(f"{pack.name}: {cue.text}")
        play_out(samples, speaker)
    return 0


def _cue(pack: VoicePack, words: str) -> Cue | None:
    """Find or word what is to be said; None where it looks like the name of a cue and is none."""
    from assistant.coaching.plan import Cue
    from assistant.coaching.script import Line, Script
    from assistant.programme.voice import placeholders

    script = Script(pack.cues, pack.numbers, lambda cue: 0.0)
    if words in pack.cues:
        titles = [text for name, text in pack.texts.items() if name.startswith("title_")]
        title, side = titles[0] if titles else "", pack.cues[Line.SIDE_LEFT].text
        examples: dict[str, str | int] = {"n": 3, "m": 10, "title": title, "side": side, "word": "stop"}
        filled = placeholders(pack.cues[words].text)
        return script.cue(words, **{name: examples[name] for name in filled})
    if words.isdecimal() and len(words) <= 3:
        return script.count(int(words))
    if re.fullmatch(r"\w+", words):
        return None
    return Cue("", words, "talk")
