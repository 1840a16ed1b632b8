"""`imprint why`: what was misheard, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from assistant.cli.app import ERR, OUT, AsJson, app
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.journal.excerpts import Found, KeptExcerpt
    from assistant.session.misheard import Judged

_PICTURES, _SOUNDS = (".svg", ".png"), (".wav", ".flac")

AROUND_SECONDS = 0.5
"""What is written of the sound before and after the words in question. Chosen: their times are not exact."""

_NOTHING = (
    "Nothing is kept here. To have ten seconds of sound kept when you say “I didn't say that”, or a command\n"
    "twice, on this machine only: imprint settings set keep_misheard true"
)


@app.command
def why(
    number: int | None = None,
    /,
    *,
    out: Path | None = None,
    play: Annotated[bool, Parameter(negative=())] = False,
    speaker: str | None = None,
    data: Path | None = None,
    as_json: AsJson = False,
) -> int:
    """Show what was misheard, where it was kept: what was heard, and why it was taken or refused.

    Parameters
    ----------
    number
        One of them, 1 for the newest: everything that was heard in it.
    out
        Its timeline as a picture, NAME.svg or NAME.png; or the words in question as sound, without the
        coach, NAME.wav or NAME.flac.
    play
        Play it.
    speaker
        The loudspeaker: number or name as in `imprint devices`.
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    as_json
        Print one JSON list instead, the newest first.
    """
    from assistant.journal.excerpts import FOLDER_NAME, read_excerpts
    from assistant.places import data_folder

    folder = data or data_folder()
    if number is None and (play or out is not None):
        raise InputError(
            "nothing tells which of them", remedy="Give its number, such as: imprint why 1 --play"
        )
    found, broken = read_excerpts(folder)
    for told in broken:
        ERR.print(f"imprint: {told} can't be read, so that one is left out.")
    if number is not None and not 1 <= number <= len(found):
        remedy = f"Give 1 to {len(found)}" if found else "See: imprint why"
        raise InputError(f"there is no number {number}", remedy=remedy)
    if as_json:
        _print_json(found if number is None else [found[number - 1]])
    elif number is not None:
        _show_one(found[number - 1])
    elif not found:
        OUT.print(_NOTHING)
    else:
        for counted, one in enumerate(found, 1):
            OUT.print(f"{counted:3}  {one.kept.at:%Y-%m-%d %H:%M}  {verdict(one.kept)}")
        OUT.print(f"They are in {folder / FOLDER_NAME}, on this machine only. imprint forget deletes them.")
        OUT.print("More of one: imprint why 1. Its picture: imprint why 1 --out why.png. To hear it: --play")
    if number is not None and out is not None:
        _write(found[number - 1], out)
    if number is not None and play:
        _play(found[number - 1], speaker)
    return 0


def verdict(kept: KeptExcerpt) -> str:
    """Return in a sentence what was misheard, and why."""
    from assistant.session.misheard import Occasion

    said = f"“{kept.word.text}” {became(kept.word)}."
    match kept.occasion:
        case Occasion.TAKEN_BACK:
            return f"{said} You said you had not said it."
        case Occasion.SAID_TWICE:
            return f"{said} You said it again."


def became(words: Judged) -> str:
    """Return what became of words, when, and why."""
    from assistant.console.words import CONTEXTS, REFUSALS

    if words.key:
        return f"was pressed, {words.command}"
    when = CONTEXTS.get(words.context, words.context.replace("_", " "))
    if words.command is None:
        return f"was not understood {when}"
    slots = "".join(f" {name}={value}" for name, value in words.slots.items())
    named = f"{words.command}{slots}, {words.confidence:.2f} sure"
    if words.because is None:
        return f"was taken {when} ({named})"
    return f"was refused {when} ({named}): {REFUSALS.get(words.because, words.because.replace('_', ' '))}"


def _show_one(one: Found) -> None:
    kept = one.kept
    OUT.print(f"{kept.at:%Y-%m-%d %H:%M:%S}, {kept.seconds:.1f} s. {verdict(kept)}")
    for place, words in enumerate(kept.words):
        mark = ">" if place == kept.about else " "
        said = f"key {words.key}" if words.key else f"“{words.text}”" if words.text else "speech"
        OUT.print(f"{mark} {words.start:5.2f} to {words.end:5.2f} s  {said} {became(words)}")
    OUT.print(str(one.sound))


def _print_json(found: list[Found]) -> None:
    import json

    from assistant.journal.excerpts import as_values

    OUT.file.write(json.dumps([as_values(one) for one in found], ensure_ascii=False) + "\n")


def _write(one: Found, out: Path) -> None:
    from assistant.journal.excerpt_picture import draw_excerpt
    from assistant.journal.excerpts import read_both
    from assistant.sound import SAMPLE_RATE, write_sound

    if out.suffix not in (*_PICTURES, *_SOUNDS):
        remedy = f"Give a name that ends in one of: {' '.join((*_PICTURES, *_SOUNDS))}"
        raise InputError(f"{out} is neither a picture nor sound", remedy=remedy, field="--out")
    sound = read_both(one.sound)
    if out.suffix in _SOUNDS:
        word = one.kept.word
        first = max(0, round((word.start - AROUND_SECONDS) * SAMPLE_RATE))
        write_sound(out, sound[first : round((word.end + AROUND_SECONDS) * SAMPLE_RATE), 1])
    else:
        draw_excerpt(one.kept, sound, verdict(one.kept), [out])
    ERR.print(f"Written: {out}")


def _play(one: Found, speaker: str | None) -> None:
    from assistant.journal.excerpts import read_both
    from assistant.live.devices import choose
    from assistant.live.stderr_silencer import silent_stderr
    from assistant.live.streams import play_out

    with silent_stderr():
        choose("loudspeaker", speaker)
        play_out(read_both(one.sound)[:, 1].copy(), speaker)
