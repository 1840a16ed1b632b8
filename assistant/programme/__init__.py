"""What to do: routines, exercises and voice packs, as people write them, checked and frozen."""
