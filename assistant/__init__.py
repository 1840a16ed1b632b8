"""Imprint: a hands-free, offline workout coach that listens, counts and answers aloud."""

__version__ = "1.0.0"
