"""What a browser is told to install quietlegs."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET

from quietlegs.web.pages.frame.context import GROUNDS
from quietlegs.words.catalogue import _
from quietlegs.words.language import language

_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("maskable-512.png", "512x512", "maskable"),
)


@require_GET
def manifest(_request: HttpRequest) -> JsonResponse:
    """Tell the browser how quietlegs looks on a home screen, and what a long press on it offers."""
    told = {
        "id": "/",
        "name": "quietlegs",
        "short_name": "quietlegs",
        "description": _("A gentle movement for restless legs, and a diary of the nights."),
        "lang": language(),
        "categories": ["health"],
        "start_url": reverse("tonight:index"),
        "scope": "/",
        "display": "standalone",
        "background_color": GROUNDS["night"],
        "theme_color": GROUNDS["night"],
        "icons": [
            {"src": static(f"offline/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
        "shortcuts": [
            {
                "name": _("Calm my legs now"),
                "short_name": _("Calm now"),
                "url": reverse("guide:calm"),
                "icons": _shortcut_icons(),
            },
            {
                "name": _("Write down last night"),
                "short_name": _("Last night"),
                "url": reverse("log:index"),
                "icons": _shortcut_icons(),
            },
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _shortcut_icons() -> list[dict[str, str]]:
    return [{"src": static("offline/icon-192.png"), "sizes": "192x192", "type": "image/png"}]
