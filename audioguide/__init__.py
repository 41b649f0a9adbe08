"""The audio guide of a museum: stops in three languages, their sound, their labels."""

__version__ = "0.1.0"
