"""Django's settings: one person, one machine, nothing from elsewhere; or a group at an https address of its own."""

from csp.constants import NONE, SELF

from quietlegs.web import hosted
from quietlegs.web.databases import chosen
from quietlegs.web.discreet import LINE
from quietlegs.web.pages.offline.assets import version
from quietlegs.web.sqlite import swap_in
from quietlegs.web.store.home import secret
from quietlegs.words.catalogue import FOLDER
from quietlegs.words.language import ENGLISH
from quietlegs.words.language import LANGUAGES as SPOKEN

swap_in()

SECRET_KEY = secret()
DEBUG = False
PUBLIC = hosted.origin()
HOSTED = PUBLIC is not None
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *([PUBLIC.name] if PUBLIC else [])]
ROOT_URLCONF = "quietlegs.web.urls"
WSGI_APPLICATION = "quietlegs.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_PAGES = (
    "frame", "tonight", "guide", "paper", "log", "learn", "library", "safety", "settings", "reminders", "offline",
    "waiting", "measures", "pause", "report", "keys", "imports", "account", "trail", "erase",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "quietlegs.web.store",
    *(f"quietlegs.web.pages.{page}" for page in _PAGES),
]

# GZip stands before WhiteNoise, so that scripts and styles shrink too. A page holds one secret, its form's token, which
# Django masks anew each time, and GZip adds some random length (CVE-2013-3587, "BREACH").
MIDDLEWARE = [
    "quietlegs.web.headers.shut_what_is_not_needed",
    "csp.middleware.CSPMiddleware",
    "quietlegs.web.store.whose.each_request_its_own",
    "quietlegs.web.store.diary.each_page_reads_once",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "quietlegs.web.pages.frame.speaking.in_the_language_asked_for",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "quietlegs.web.pages.frame.context.frame",
            ],
        },
    },
]

DATABASES = {"default": chosen()}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "memory")
}

# Templates and rooms share one catalogue; what a person reads is in the language that their device asks for.
LANGUAGE_CODE = ENGLISH
LANGUAGES = list(SPOKEN.items())
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [FOLDER]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files are served from the installed package itself: no step between `pip install` and a running page.
# Their version is a folder of the address, so that scripts which import one another by name stay together too.
STATIC_URL = f"static/{version()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = "^/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        # The guide's sound is made in the page.
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # No text becomes a script: the one address that does is checked by the policy of this name, in register.js.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["worker"],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "quietlegs.web.pages.frame.errors.stale_form"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# One page takes files, and writes them to where they stay.
FILE_UPLOAD_HANDLERS = ["quietlegs.web.pages.imports.arriving.Arriving"]

# At an https address the browser is told to come by no other way. Whoever stands in front (docs/using/security.md) sets
# this header itself, whatever a client sends. A name prefixed like this is bound to https and to this very host.
SECURE_SSL_REDIRECT = HOSTED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HOSTED else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HOSTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HOSTED
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HOSTED
CSRF_COOKIE_NAME = "__Host-csrftoken" if HOSTED else "csrftoken"
SESSION_COOKIE_NAME = "__Host-sessionid" if HOSTED else "sessionid"
SESSION_COOKIE_SAMESITE = "Strict"
# Preloading binds all hosts of a domain for years, in lists that are slow to leave: no program decides that.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "quietlegs.web.discreet.Discreet", "format": LINE}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

if PUBLIC is not None:
    from quietlegs.web.hosted_settings import with_accounts

    globals().update(with_accounts(globals(), PUBLIC))
