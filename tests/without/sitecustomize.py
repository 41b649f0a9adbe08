"""Have tests do without a voice that a machine may have or not, in what they start as well."""

import sys

sys.modules["hibari"] = None  # type: ignore[assignment]  # as if it were not installed
