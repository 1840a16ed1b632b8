"""From cues to the loudspeaker."""
