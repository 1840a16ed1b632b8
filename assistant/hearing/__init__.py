"""From the microphone to commands."""
