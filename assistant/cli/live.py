"""`imprint start`, `imprint devices`, and what `imprint` alone does."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from assistant.cli.app import DEFAULT_ROUTINE, ERR, OUT, app, empty_table
from assistant.cli.rehearse import rehearse


@app.default
def session() -> int:
    """Do a session of leg-lifts, or rehearse it where there is no microphone or loudspeaker."""
    from assistant.live.devices import missing_device

    if (missing := missing_device()) is None:
        return start()
    OUT.print(f"There is no {missing} here: rehearsing the same session instead.")
    return rehearse()


@app.command
def start(
    routine: str = DEFAULT_ROUTINE,
    /,
    *,
    level: int | None = None,
    voice: str | None = None,
    mic: str | None = None,
    speaker: str | None = None,
    record: Path | None = None,
    lie_down: float | None = None,
    plain: bool = False,
    model: Path | None = None,
    data: Path | None = None,
    music: Path | None = None,
) -> int:
    """Do a session: it talks, counts and listens. Keys do what words do; press ? for them.

    Parameters
    ----------
    routine
        A routine file, the path of a script that builds one, or a name.
    level
        Where on the ladder to start; by default where the last session left off.
    voice
        A voice pack, or the name of one in voices/; this and the next ones are by default as in the settings.
    mic
        The microphone: number or name as in `imprint devices`, or a WAV or FLAC file to listen to.
    speaker
        The loudspeaker: number or name, or a WAV or FLAC file to write.
    record
        Folder for session.wav and events.jsonl; by default nothing is kept.
    lie_down
        Seconds between the greeting and the first cue; by default 12.
    plain
        Print plain lines, even on a terminal.
    model
        Folder of another Vosk model, or the name of a fetched one; by default the shipped one.
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    music
        A sound file, or a folder of them, to play under the coach's voice.
    """
    from assistant.cli.memory import begin, keeping_misheard, load_remembered, remembering, with_last_session
    from assistant.cli.preferences import check_device, preferred
    from assistant.console.faces import choose_face
    from assistant.console.keyboard import Keyboard
    from assistant.console.keys import keys_with
    from assistant.errors import AssistantError, InputError
    from assistant.live.calibrate import calibrated
    from assistant.live.files import free_folder, refuse_same_file
    from assistant.live.start import LIE_DOWN_SECONDS, LiveOptions
    from assistant.live.start import start as start_session
    from assistant.live.stderr_silencer import silent_stderr
    from assistant.places import data_folder
    from assistant.speaking.playlist import find_music
    from assistant.speaking.rendering import Pyttsx3Renderer

    if lie_down is not None and not 0 <= lie_down <= 600:
        raise InputError(f"{lie_down:g} seconds is out of range", remedy="Give 0 to 600", field="--lie-down")
    with silent_stderr():
        preferences = preferred(voice=voice, microphone=mic, loudspeaker=speaker, model=model)
    settings = preferences.settings
    mic, speaker = settings.microphone, settings.loudspeaker
    refuse_same_file(mic, speaker)
    if record is not None and (free := free_folder(record)) != record:
        ERR.print(f"imprint: there is a recording in {record} already; this one goes into {free}.")
        record = free
    options = LiveOptions(
        *(mic, speaker, record),
        LIE_DOWN_SECONDS if lie_down is None else lie_down,
        None if settings.model is None else Path(settings.model),
        find_music(music) if music else (),
        settings.give_way,
    )
    folder = data or data_folder()
    with (
        remembering(folder) as memory,
        keeping_misheard(folder, settings.keep_misheard) as keep_misheard,
    ):
        planned = load_remembered(routine, settings.voice, level, memory.history, preferences.loader)
        planned = preferences.counted(planned)
        with silent_stderr(), Pyttsx3Renderer() as renderer:
            # Whoever can't be heard is told before anything else happens.
            check_device("microphone", mic)
            check_device("loudspeaker", speaker)
            try:
                options = dataclasses.replace(options, calibration=calibrated(mic, speaker))
            except InputError as error:
                ERR.print(f"imprint: {error}")
            history = preferences.remembered(with_last_session(planned, level, memory))
            begin(memory, planned, history)
            with Keyboard() as keys:
                lost: list[AssistantError] = []
                rows = keys_with(planned.voice.commands.commands)
                seen = (choose_face(sys.stdout, plain=plain, keys=rows), keys)
                try:
                    told = (history, memory.keep, lost.append, keep_misheard)
                    return start_session(planned, options, renderer, *seen, *told)
                finally:
                    for why in lost:
                        ERR.print(f"imprint: {why} The session went on without it.")


@app.command
def devices() -> int:
    """Show the microphones and loudspeakers, which would be used, and why."""
    from assistant.cli.preferences import preferred
    from assistant.live.devices import Choice, Kind, choose, list_devices, portaudio
    from assistant.live.stderr_silencer import silent_stderr

    with silent_stderr():
        portaudio()
        found = list_devices()
        kinds: tuple[Kind, ...] = ("microphone", "loudspeaker")
        preferences = preferred()
        used: dict[Kind, Choice] = {}
        for kind in kinds:
            if any(device.channels(kind) for device in found):
                used[kind] = choose(kind, getattr(preferences.settings, kind))
                if preferences.sources[kind] == "file":
                    used[kind] = Choice(used[kind].device, "as in your settings")
    table = empty_table("number", "name", "system", "in", "out", "rate", "used")
    for device in found:
        uses = "; ".join(f"{kind}: {choice.why}" for kind, choice in used.items() if choice.device == device)
        channels = (str(device.input_channels), str(device.output_channels))
        table.add_row(str(device.index), device.name, device.system, *channels, f"{device.rate} Hz", uses)
    OUT.print(table)
    missing = [kind for kind in kinds if kind not in used]
    for kind in missing:
        OUT.print(f"There is no {kind}. Plug one in; `imprint rehearse` needs none.")
    if not missing:
        OUT.print("Others are chosen with: imprint start --mic NUMBER --speaker NUMBER")
    return 1 if missing else 0
