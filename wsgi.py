"""The web application for any WSGI server: `app`."""

from audioguide.app import create_app
from audioguide.settings import Settings

app = create_app(Settings.from_environment(), warmed=True)
