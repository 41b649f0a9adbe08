"""Print the labels of a job as the program does, proven, and say how many were read back.

`python label_job.py JOB FOLDER`, run by labels.py, so that the whole of it can be weighed.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from audioguide.labels.drawing import Label
from audioguide.labels.options import Options
from audioguide.labels.printing import make_sheets
from audioguide.labels.stocks import find_stock
from audioguide.languages import LANGUAGES

L7163 = find_stock("L7163")


def main() -> None:
    """Make the PDF without pictures, for the others make none."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    labels = [
        Label(
            number=each["number"],
            code=each["code"],
            payload=each["payload"],
            typed_address=each["address"],
            titles=dict(zip(LANGUAGES, each["titles"], strict=True)),
            stem=f"{each['number']}-stop",
        )
        for each in job["labels"]
    ]
    printed = make_sheets(
        labels,
        L7163,
        Path(sys.argv[2]),
        draft=False,
        made_on=date(2026, 11, 25),
        options=Options(pictures=False),
    )
    print(printed.verified)


if __name__ == "__main__":
    main()
