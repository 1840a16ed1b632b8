"""Getting to know a microphone, a loudspeaker and a room, before a session or as a test of it."""
