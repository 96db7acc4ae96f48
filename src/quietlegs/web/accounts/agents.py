"""What a browser calls itself, in the two words that a person knows it by: the browser and the device it runs on."""

from quietlegs.words.catalogue import _

# In this order: each of them also names those below it, to be let in everywhere.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_BETWEEN = "/"


def shortened(user_agent: str) -> str:
    """Return all that is kept of it, such as "Firefox/Android"; what was shortened before stays as it is."""
    if user_agent in _SHORT:
        return user_agent
    return _BETWEEN.join((_first(_BROWSERS, user_agent), _first(_DEVICES, user_agent)))


def in_words(short: str) -> str:
    """Return how it is told, such as "Firefox on Android"."""
    browser, _between, machine = short.partition(_BETWEEN)
    if browser and machine:
        return _("{browser} on {machine}", browser=browser, machine=machine)
    return browser or machine or _("a program that does not say what it is")


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for sign, name in known if sign in said), "")


_SHORT = frozenset(
    _BETWEEN.join((browser, device))
    for browser in ("", *(name for _sign, name in _BROWSERS))
    for device in ("", *(name for _sign, name in _DEVICES))
)
