"""htop for policy positions: watches feeds and shows where each party stands."""

__version__ = "0.1.0"
