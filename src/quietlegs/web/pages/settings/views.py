"""A device's own choices: look, contrast, quiet hours, language; and where the data lies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quietlegs.web.pages.settings.taken_out import kinds
from quietlegs.web.store.health import is_own_file, place
from quietlegs.words.catalogue import _, pgettext

# Sound and vibration stay off between these hours where the device was not told otherwise.
QUIET_FROM, QUIET_UNTIL = "22:00", "07:00"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the choices as they are now; quiet hours live on the device, so its script fills them in."""
    words = {
        "themes": _theme_names(),
        "contrasts": [("auto", _("As this device")), ("more", _("High"))],
        "quiet_from": QUIET_FROM,
        "quiet_until": QUIET_UNTIL,
        "place": place(),
        "own_file": is_own_file(),
        "ways_out": kinds(),
    }
    return render(request, "settings/index.html", words)


def _theme_names() -> tuple[tuple[str, str], ...]:
    """Return the themes that a person may choose, with their names."""
    return (
        ("auto", pgettext("theme", "By itself")),
        ("night", pgettext("theme", "Night")),
        ("dark", pgettext("theme", "Dark")),
        ("light", pgettext("theme", "Light")),
    )
