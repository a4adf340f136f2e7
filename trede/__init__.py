"""Trede: guidance up the Participation Ladder, and an honest account of it."""

__version__ = "0.1.0"
