"""The collection: the nouns that the database keeps, one file each; no rules of work."""

from audioguide.db import Row
from audioguide.models.edition import GUIDE, Edition, PackSeen
from audioguide.models.hall import Hall, HallText
from audioguide.models.label import LabelBase, LabelBatch, LabelPrinted, LabelState
from audioguide.models.moment import Moment, now
from audioguide.models.museum import THE_MUSEUM, Museum, MuseumText
from audioguide.models.narration import Narration, Source, State
from audioguide.models.picture import Picture, PictureFile, PictureText
from audioguide.models.stop import Stop, StopSlug
from audioguide.models.tour import Tour, TourStop, TourText
from audioguide.models.transcript import Revision, Transcript

__all__ = [
    "GUIDE",
    "THE_MUSEUM",
    "Edition",
    "Hall",
    "HallText",
    "LabelBase",
    "LabelBatch",
    "LabelPrinted",
    "LabelState",
    "Moment",
    "Museum",
    "MuseumText",
    "Narration",
    "PackSeen",
    "Picture",
    "PictureFile",
    "PictureText",
    "Revision",
    "Row",
    "Source",
    "State",
    "Stop",
    "StopSlug",
    "Tour",
    "TourStop",
    "TourText",
    "Transcript",
    "now",
]
