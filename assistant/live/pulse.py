"""What a PulseAudio or PipeWire server does with our streams behind PortAudio's back.

Such a server moves a stream to another device when its own is unplugged, and mutes it, and PortAudio does not
report it. So the server is asked, where there is one.
"""

from __future__ import annotations

import importlib
import logging
import os
import threading
from dataclasses import dataclass
from typing import Any

_LOGGER = logging.getLogger(__name__)

ASK_SECONDS = 0.5
"""How often the server is asked where it tells nothing by itself. Chosen."""

SETTLE_SECONDS = 0.03
"""How soon it is asked again after a change. Chosen."""

RETRY_SECONDS = 2.0
"""How long after losing the server it is looked for again. Chosen."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where our streams lead; None where the server has none of ours."""

    loudspeaker: str | None = None
    microphone: str | None = None
    microphone_is_monitor: bool = False
    """Whether what is taken is what another device plays: there is no microphone any more."""
    loudspeaker_muted: bool = False
    microphone_muted: bool = False
    offers_loudspeaker: bool = True
    """Whether a stream that is opened now would have a device; opening one without keeps us waiting."""
    offers_microphone: bool = True


class PulseWatch:
    """Keeps the route of this process's streams up to date, in a thread of its own."""

    def __init__(self) -> None:
        self.route: Route | None = None
        """The latest; None where there is no server."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def open(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> None:
        """End watching."""
        self._over.set()
        self._thread.join(timeout=1.0)

    def _run(self) -> None:
        if (pulsectl := _pulsectl()) is None:
            return
        news = threading.Event()

        def told(_: object) -> None:
            news.set()
            raise pulsectl.PulseLoopStop

        while not self._over.is_set():
            try:
                with pulsectl.Pulse("imprint") as server:
                    server.event_mask_set("all")
                    server.event_callback_set(told)
                    while not self._over.is_set():
                        news.clear()
                        before, self.route = self.route, _route(server)
                        # News may come while it answers, and a stream that is moved is nowhere for a moment.
                        settled = self.route == before and not news.is_set()
                        server.event_listen(timeout=ASK_SECONDS if settled else SETTLE_SECONDS)
            except Exception as error:
                # Whatever a server answers: a watch that is over would leave a device given up for ever.
                _LOGGER.debug("The sound server can't be asked: %s", error)
                self.route = None
            self._over.wait(RETRY_SECONDS)


def behind_default() -> tuple[str, str] | None:
    """Return the names of the microphone and the loudspeaker that a stream on the default would lead to.

    None where there is no such server. PortAudio calls both "default", whatever they are.
    """
    if (pulsectl := _pulsectl()) is None:
        return None
    try:
        with pulsectl.Pulse("imprint") as server:
            return _defaults(server)
    except (pulsectl.PulseError, OSError):
        return None


def _pulsectl() -> Any:
    """Return the module; None without libpulse, which it loads, and which is not everywhere."""
    try:
        return importlib.import_module("pulsectl")
    except (ImportError, OSError):
        return None


def _defaults(server: Any) -> tuple[str, str]:
    info = server.server_info()
    # libpulse takes these instead of the defaults.
    source = os.environ.get("PULSE_SOURCE") or str(info.default_source_name)
    return source, os.environ.get("PULSE_SINK") or str(info.default_sink_name)


def _route(server: Any) -> Route:
    pid = str(os.getpid())

    def ours(streams: list[Any]) -> Any:
        return next((s for s in streams if s.proplist.get("application.process.id") == pid), None)

    playing, taking = ours(server.sink_input_list()), ours(server.source_output_list())
    sinks = {sink.index: sink for sink in server.sink_list()}
    sources = {source.index: source for source in server.source_list()}
    wanted_source, wanted_sink = _defaults(server)
    sink = playing and sinks.get(playing.sink)
    source = taking and sources.get(taking.source)
    return Route(
        loudspeaker=sink and sink.name,
        microphone=source and source.name,
        microphone_is_monitor=bool(source and source.proplist.get("device.class") == "monitor"),
        loudspeaker_muted=any(stage.mute for stage in (playing, sink) if stage),
        microphone_muted=any(stage.mute for stage in (taking, source) if stage),
        offers_loudspeaker=any(sink.name == wanted_sink for sink in sinks.values()),
        offers_microphone=any(source.name == wanted_source for source in sources.values()),
    )
