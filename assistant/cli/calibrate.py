"""`imprint calibrate`."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.app import OUT, app

if TYPE_CHECKING:
    from assistant.calibration.measured import Measured

_SHOWN = {"say": "says", "sound": "plays", "ask": "waits for", "heard": "heard"}


@app.command
def calibrate(
    *,
    mic: str | None = None,
    speaker: str | None = None,
    voice: str | None = None,
    model: Path | None = None,
    simulate: bool = False,
) -> int:
    """Set up the microphone and the loudspeaker for where you train: it leads you by voice, in a minute.

    It measures how late and how loud the coach comes back, how loud the room is and how well three commands
    are heard, and says what to move. Sessions with the same two devices begin with what it found. The exit
    status is 0 where all is well, and 1 where there is something to do.

    Parameters
    ----------
    mic
        The microphone: number or name as in `imprint devices`; like the next three by default as in the
        settings.
    speaker
        The loudspeaker: number or name.
    voice
        A voice pack, or the name of one in voices/.
    model
        Folder of another Vosk model, or the name of a fetched one.
    simulate
        Show how it goes in a simulated room; nothing is played, heard or kept.
    """
    from assistant.calibration.advice import WELL
    from assistant.calibration.guide import CONTEXT, Guide
    from assistant.calibration.kept import keep
    from assistant.calibration.simulated import SimulatedPlace
    from assistant.cli.memory import now_here
    from assistant.cli.preferences import preferred
    from assistant.hearing.recognition.matcher import Matcher
    from assistant.hearing.recognition.model import find_model
    from assistant.hearing.recognition.recognizer import VoskRecognizer
    from assistant.library.session import load_voice
    from assistant.live.calibrate import device_names, live_room
    from assistant.live.stderr_silencer import silent_stderr
    from assistant.places import cache_folder, data_folder
    from assistant.programme.calibration_lines import CalibrationLine
    from assistant.session.coach_voice import CoachVoice
    from assistant.session.room import Room
    from assistant.speaking.clips import ClipStore
    from assistant.speaking.rendering import Pyttsx3Renderer, Voice

    with contextlib.ExitStack() as stack:
        stack.enter_context(silent_stderr())
        settings = preferred(voice=voice, model=model, microphone=mic, loudspeaker=speaker).settings
        mic, speaker = settings.microphone, settings.loudspeaker
        # Whoever can't be heard is told before anything else happens.
        names = None if simulate else device_names(mic, speaker)
        pack = load_voice(settings.voice)
        store = ClipStore(stack.enter_context(Pyttsx3Renderer()), cache_folder() / "clips")
        coach = CoachVoice(pack, store)
        found = find_model(None if settings.model is None else Path(settings.model))
        recognizer = VoskRecognizer(found, pack.commands, cache_folder() / "graphs")
        recognizer.prepare([CONTEXT])

        intro = coach.clip(pack.cues[CalibrationLine.INTRODUCTION]).samples
        person = Voice(f"{pack.voice.partition('+')[0]}+f3", pack.words_per_minute, 50)
        place = SimulatedPlace(intro, lambda word: store.clip(word, person).samples) if simulate else None
        room: Room = place or stack.enter_context(live_room(mic, speaker))

        def tell(kind: str, text: str) -> None:
            if kind in _SHOWN:
                OUT.print(f"  {_SHOWN[kind]}: {text or 'nothing'}")
            if kind == "ask" and place is not None:
                place.asked(text)

        matcher = Matcher(pack.commands)
        guided = Guide(room, pack.cues, lambda cue: coach.clip(cue).samples, recognizer, matcher, tell).run()
    _show(guided.measured)
    for line in guided.advice:
        OUT.print(pack.texts[line])
    if names is not None and guided.useful:
        file = keep(data_folder(), *names, guided.measured, now_here())
        OUT.print(f"Kept for {names[0]} and {names[1]} in {file}")
    return 0 if WELL.issuperset(guided.advice) else 1


def _show(measured: Measured) -> None:
    delay, echo, voice = measured.delay_seconds, measured.played.echo_db, measured.voice_db
    level = "not clear of the noise" if echo is None else f"{echo:.0f} dB"
    OUT.print(f"\ndelay of the echo: {'not found' if delay is None else f'{delay * 1000:.0f} ms'}")
    OUT.print(f"the coach in the microphone: {level}")
    OUT.print(f"noise: {measured.quiet.noise_db:.0f} dB")
    OUT.print(f"your voice: {'not heard' if voice is None else f'{voice:.0f} dB'}")
    OUT.print(f"commands understood: {measured.understood} of {len(measured.said)}")
