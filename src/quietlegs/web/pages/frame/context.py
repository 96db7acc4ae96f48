"""What every page needs to know about this moment: the theme, the tab, whether a simulated person is shown."""

from django.conf import settings
from django.http import HttpRequest

from quietlegs.records.moment import night_of
from quietlegs.web.pages.frame.clock import KEPT, moment_now
from quietlegs.web.store.home import is_demo
from quietlegs.words.language import LANGUAGES, language

THEMES = ("auto", "night", "dark", "light")
CONTRASTS = ("auto", "more")
# The page's ground in each theme, as frame.css has it: what the browser paints around the page must not be brighter.
GROUNDS = {"night": "#000000", "dark": "#101314", "light": "#fbf8f3"}
_NIGHT_FROM = 20
_NIGHT_UNTIL = 7


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the template variables of the frame; `theme` is decided here, so the first painted byte is right."""
    now = moment_now(request)
    kept = request.META.get(KEPT)
    # A phone paints a page that it keeps by its own hour; made for one hour, the page is not sent anew for its look.
    theme = shown_theme(chosen_theme(request), now.wall.hour if kept is None else _NIGHT_FROM)
    return {
        "theme": theme,
        "chosen_theme": chosen_theme(request),
        "chosen_contrast": chosen_contrast(request),
        "language": language(),
        "chosen_language": request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        "languages": LANGUAGES,
        "grounds": GROUNDS,
        "ground": GROUNDS.get(theme, GROUNDS["dark"]),
        "night_hours": f"{_NIGHT_FROM} {_NIGHT_UNTIL}",
        "is_demo": is_demo(),
        "kept": kept,
        "now": now,
        "tonight_on": night_of(now),
    }


def chosen_theme(request: HttpRequest) -> str:
    """Return the theme this device asked for; anything unknown is auto."""
    wanted = request.COOKIES.get("theme", "auto")
    return wanted if wanted in THEMES else "auto"


def chosen_contrast(request: HttpRequest) -> str:
    """Return the contrast this device asked for: more, or auto, which is what the device prefers for all pages."""
    return "more" if request.COOKIES.get("contrast") == "more" else "auto"


def shown_theme(chosen: str, hour: int) -> str:
    """Return the theme to paint: auto is night between evening and morning, else what the device prefers."""
    if chosen != "auto":
        return chosen
    return "night" if hour >= _NIGHT_FROM or hour < _NIGHT_UNTIL else "auto"
