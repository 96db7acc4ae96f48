"""What each answer tells the browser beside its content: what no page of ours ever needs stays shut."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# The guide keeps the screen on, the evening asks where the sun goes down, accounts are opened by a passkey.
_OUR_OWN = ("geolocation", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock")
_NOBODY = (
    "accelerometer", "camera", "display-capture", "encrypted-media", "fullscreen", "gamepad",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "serial", "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join([f"{name}=(self)" for name in _OUR_OWN] + [f"{name}=()" for name in _NOBODY])
_HEADERS = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    # What a page shows is kept by nobody in between; the going back of a browser stays as quick as it is.
    "Cache-Control": "private, no-cache",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def shut_what_is_not_needed(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let no other site use what is ours, and no page use what none of them needs."""

    def shut(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return shut
