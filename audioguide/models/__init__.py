"""The models, here called the collection: the nouns of the database; what asks it is services."""

from audioguide.db import Row
from audioguide.models.edition import GUIDE, Edition, PackSeen
from audioguide.models.group_tour import GroupPresence, GroupTour
from audioguide.models.hall import Hall, HallText
from audioguide.models.label import LabelBase, LabelBatch, LabelPrinted, LabelState
from audioguide.models.moment import Moment, not_beyond, now
from audioguide.models.museum import THE_MUSEUM, Museum, MuseumText, Price, PriceText
from audioguide.models.narration import CLAIM_LASTS, Made, Narration, Source, State, VoiceRest
from audioguide.models.person import Invitation, Person, SignedIn, SignInDelay
from audioguide.models.picture import Picture, PictureDrawing, PictureFile, PictureText
from audioguide.models.stop import Stop, StopSlug
from audioguide.models.stop_kind import StopKind, StopKindText
from audioguide.models.stored_name import StoredName
from audioguide.models.talking_points import TalkingPoints
from audioguide.models.tour import Tour, TourStop, TourText
from audioguide.models.transcript import BY_THE_PACK, Revision, Transcript

__all__ = [
    "BY_THE_PACK",
    "CLAIM_LASTS",
    "GUIDE",
    "THE_MUSEUM",
    "Edition",
    "GroupPresence",
    "GroupTour",
    "Hall",
    "HallText",
    "Invitation",
    "LabelBase",
    "LabelBatch",
    "LabelPrinted",
    "LabelState",
    "Made",
    "Moment",
    "Museum",
    "MuseumText",
    "Narration",
    "PackSeen",
    "Person",
    "Picture",
    "PictureDrawing",
    "PictureFile",
    "PictureText",
    "Price",
    "PriceText",
    "Revision",
    "Row",
    "SignInDelay",
    "SignedIn",
    "Source",
    "State",
    "Stop",
    "StopKind",
    "StopKindText",
    "StopSlug",
    "StoredName",
    "TalkingPoints",
    "Tour",
    "TourStop",
    "TourText",
    "Transcript",
    "VoiceRest",
    "not_beyond",
    "now",
]
