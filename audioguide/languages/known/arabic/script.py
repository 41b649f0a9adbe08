"""Arabic: what espeak-ng reads wrongly, written so that it reads it right."""

from __future__ import annotations

import re

from audioguide.languages.rules import DASH, Script, rule

_FIGURE = "[0-9٠-٩]"


def _minutes(match: re.Match[str]) -> str:
    return f" و {match.group(1)} دقيقة"


SCRIPT = Script(
    rules=(
        # 12,500 would be read as twelve, and five hundred.
        rule(rf"(?<={_FIGURE})[,٬ ](?={_FIGURE}{{3}}(?!{_FIGURE}))", ""),
        rule(rf"(?<={_FIGURE})٫(?={_FIGURE})", "."),
        rule(rf"(?<={_FIGURE}){DASH}(?={_FIGURE})", " إلى "),
        # "9 و 30" alone would be thirty-nine.
        rule(rf"(?<={_FIGURE}):(?:00|٠٠)(?!{_FIGURE})", ""),
        rule(rf"(?<={_FIGURE}):({_FIGURE}{{2}})(?!{_FIGURE})", _minutes),
        rule(rf"(?<={_FIGURE}) ?[%٪]", " بالمئة"),
        rule(rf"(?<={_FIGURE}) ?ق\.? ?م\.?(?!\w)", " قبل الميلاد"),
        rule(rf"(?<={_FIGURE}) ?هـ(?!\w)", " هجرية"),
        rule(rf"(?<={_FIGURE}) ?م(?!\w)", " ميلادية"),
        rule(rf"(?<={_FIGURE}) ?كم²", " كيلومتر مربع"),
        rule(rf"(?<={_FIGURE}) ?كم(?!\w)", " كيلومتر"),
        rule(rf"(?<={_FIGURE}) ?°(?: ?[مC])?", " درجة"),
        rule(r"(?<!\w)أ ?\. ?د\. ?", "الأستاذ الدكتور "),
        rule(r"(?<!\w)د\. ?", "الدكتور "),
        rule(rf"(?<!\w)ص\. ?(?={_FIGURE})", "صفحة "),
        rule(r" ?\$", " دولار"),
        rule(r" ?€", " يورو"),
        rule(r"[²³+±=×÷<>§@#^~]+", " "),
    )
)
