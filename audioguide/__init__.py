"""The audio guide of a museum: stops in its languages, their sound, their labels."""

__version__ = "0.1.0"
