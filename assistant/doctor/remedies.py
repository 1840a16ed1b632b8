"""The lines to paste, as this system understands them."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from assistant.live.devices import Kind


def install(package: str) -> str:
    """Return the line that installs a Python package beside this program."""
    return f"{shlex.quote(sys.executable)} -m pip install --force-reinstall {shlex.quote(package)}"


def install_portaudio() -> str:
    """Return the line that installs PortAudio."""
    if sys.platform == "darwin":
        return "brew install portaudio"
    for program, line in (
        ("apt-get", "sudo apt-get install -y libportaudio2"),
        ("dnf", "sudo dnf install -y portaudio"),
        ("pacman", "sudo pacman -S --noconfirm portaudio"),
        ("zypper", "sudo zypper install -y portaudio"),
    ):
        if shutil.which(program):
            return line
    return "sudo apt-get install -y libportaudio2"


def volume(kind: Kind, percent: int) -> str:
    """Return the line that unmutes the microphone or the loudspeaker and sets its volume."""
    is_input = kind == "microphone"
    if sys.platform == "darwin":
        return f"osascript -e 'set volume {'input' if is_input else 'output'} volume {percent}'"
    if shutil.which("pactl"):
        what = "source" if is_input else "sink"
        name = f"@DEFAULT_{what.upper()}@"
        return f"pactl set-{what}-mute {name} 0 && pactl set-{what}-volume {name} {percent}%"
    return f"amixer set {'Capture' if is_input else 'Master'} {percent}% {'cap' if is_input else 'unmute'}"


def make_writable(folder: Path) -> str:
    """Return the line that makes a folder and lets its owner write in it."""
    quoted = shlex.quote(str(folder))
    return f'sudo mkdir -p {quoted} && sudo chown -R "$(id -un)" {quoted} && chmod -R u+rwX {quoted}'
