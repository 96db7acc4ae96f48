"""The entries that the diary has not got yet. They lie on the device, so its script fills the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from quietlegs.web.pages.waiting.words import KIND_WORDS, SAID
from quietlegs.words.catalogue import _


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show an empty page that is the same for every device, so that it can be kept for times without a network."""
    said: dict[str, Any] = {key: _(text) for key, text in SAID.items()}
    said["kinds"] = {kind: _(text) for kind, text in KIND_WORDS.items()}
    return render(request, "waiting/index.html", {"words": said})
