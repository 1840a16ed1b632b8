"""Speech recognition: templates become decoding graphs, sound becomes words, words become commands."""
