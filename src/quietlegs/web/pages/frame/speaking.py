"""Each request is answered in one language, in Django's templates and in the rooms below alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from quietlegs.words.language import speaking


def in_the_language_asked_for(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the language that the person chose (a cookie), else the first that the device asks for and we have."""

    def spoken(request: HttpRequest) -> HttpResponse:
        chosen = translation.get_language_from_request(request)
        with translation.override(chosen), speaking(chosen):
            response = answer(request)
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return spoken
