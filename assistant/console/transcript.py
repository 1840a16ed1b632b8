"""A session's record, line by line, for people to read."""

from __future__ import annotations

from assistant.console.words import trouble_words
from assistant.record import Entry


def transcript_line(entry: Entry) -> str | None:
    """Give the readable line of one entry, or None for one that says nothing new.

    Counts are left out: the cue lines show what was said, and the timetable when.
    """
    at = f"{entry['t'] // 60:3.0f}:{entry['t'] % 60:04.1f}"
    match entry["kind"]:
        case "phase":
            if entry["phase"] in ("top", "bottom", "lower", "lift", "return", "hold", "get_ready"):
                if entry["phase"] not in ("lower", "hold"):
                    return None
                side = f" {entry['side']}" if entry["side"] else ""
                return f"{at}  set {entry['set']}{side}, repetition {entry['repetition']}"
            side = f" ({entry['side']})" if entry["side"] else ""
            return f"{at}  -- {entry['phase']}: {entry['exercise']}, set {entry['set']}{side}"
        case "cue":
            return f"{at}  coach: {entry['text']}"
        case "heard" if entry["command"] is not None:
            return f"{at}  YOU: {entry['text']}"
        case "heard":
            return f"{at}  YOU: (not understood)"
        case "key":
            return f"{at}  KEY: {entry['key']} ({entry['command']})"
        case "command" if not entry["accepted"]:
            return f"{at}  ({entry['command']}: {entry['reason']})"
        case "silence":
            return f"{at}  (silence)"
        case "change":
            return f"{at}  (change: {entry['what']} {entry['from']} to {entry['to']}, {entry['why']})"
        case "trouble":
            over = "over: " if entry["over"] else ""
            return f"{at}  !! {over}{trouble_words(entry['what'])}"
        case "dropout":
            return f"{at}  (drop-out: {entry['what']}, {1000 * entry['seconds']:.0f} ms)"
        case "summary":
            return f"{at}  {entry['sets']} sets, {entry['repetitions']} repetitions; {entry['ended']}"
        case _:
            return None
