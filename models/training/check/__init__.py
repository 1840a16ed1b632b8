"""Tests of the parts of the training that need torch; `models/training/run check` runs them."""
