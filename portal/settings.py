"""The one settings file, read from the environment; `docs/operating.md` lists every variable.

An unsafe production setting stops the start with a sentence that names the fix.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()


def flag(name: str) -> bool:
    """Read an on/off setting; a word that is neither stops the start."""
    word = env.str(name, "off").lower()
    if word not in {"1", "true", "yes", "on", "0", "false", "no", "off", ""}:
        raise ImproperlyConfigured(f"{name}={word!r} is neither on nor off; write {name}=on or {name}=off.")
    return word in {"1", "true", "yes", "on"}


# --- Where the site lives -------------------------------------------------------------------------
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL!r} is not an http(s) address; set it like https://talent.example.gov.cn")
IS_HTTPS = _site.scheme == "https"
IS_LOCAL = _site.hostname in {"127.0.0.1", "localhost", "::1"}
FORCE_SCRIPT_NAME = _site.path or None
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
REFERENCE_DATA = env.str("REFERENCE_DATA", "")

# --- What the site says of itself where staff entered nothing in the admin; an empty item prints nothing
SITE_NAME = env.str("SITE_NAME", "") or "人才政策与服务"
SITE_NAME_EN = env.str("SITE_NAME_EN", "") or "Talent Policies and Services"
SITE_ORGANISER = env.str("SITE_ORGANISER", "")
SITE_ORGANISER_EN = env.str("SITE_ORGANISER_EN", "")
SITE_CONTACT = env.str("SITE_CONTACT", "")
SITE_CONTACT_EN = env.str("SITE_CONTACT_EN", "")
SITE_ID_CODE = env.str("SITE_ID_CODE", "")
SITE_ICP = env.str("SITE_ICP", "")
SITE_POLICE_RECORD = env.str("SITE_POLICE_RECORD", "")

# --- Safety ---------------------------------------------------------------------------------------
DEBUG = flag("DEBUG")
_key_file = DATA_DIR / "secret_key"
SECRET_KEY = env.str("SECRET_KEY", _key_file.read_text().strip() if _key_file.is_file() else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname, *(["localhost", "127.0.0.1", "[::1]"] if IS_LOCAL else [])])
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured(f"DEBUG is on for {SITE_URL}: it shows code and settings to visitors. Unset DEBUG.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or too short (50 characters at least). "
        f"Write one to {_key_file}, readable by the service only, or set SECRET_KEY_FILE; `make run` does so locally."
    )
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS=* accepts forged host names. List the site's own names, separated by commas.")
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]
TRUST_PROXY = flag("TRUST_PROXY")
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.pages",
    "portal.ops",
    "policies",
    "regions",
    "portal.web",
    "portal.publishing",
    "portal.staff",
    "portal.search",
    "portal.publishing.admin.config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "corsheaders",
    "csp",
    "django_filters",
    "rest_framework",
]
AUTH_USER_MODEL = "staff.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIDDLEWARE = [
    "portal.web.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.web.content_security.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "portal.web.language.LanguageMiddleware",
    "portal.web.freshness.FreshnessMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.staff.middleware.SessionMiddleware",
    "portal.staff.middleware.CsrfMiddleware",
    "portal.staff.middleware.AuthenticationMiddleware",
    "portal.staff.middleware.OriginMiddleware",
    "portal.staff.middleware.MessageMiddleware",
    "portal.staff.middleware.AdminLanguageMiddleware",
    "portal.staff.middleware.LoginGuardMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.context.site",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA journal_size_limit=67108864; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None  # opening the file and setting it up costs more than most queries
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_MAX_AGE", 60)
RESPONSE_CACHE_MB = env.int("RESPONSE_CACHE_MB", 16)
"""What a process keeps of public answers; 0 for none."""
CACHES = {"default": env.cache("CACHE_URL", "locmemcache://")}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "media"}},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "media" / "originals"},
    },
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "media" / "renditions"},
    },
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "media" / "attachments"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "media"
STATIC_URL = f"{_site.path}/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a policy of 400 clauses in one form

# --- What is kept of what staff did ---------------------------------------------------------------
AUDIT_DAYS = env.int("AUDIT_DAYS", 365)
if AUDIT_DAYS < 180:
    raise ImproperlyConfigured(f"AUDIT_DAYS={AUDIT_DAYS} is less than the 180 days for which the law asks to keep the log.")
SAVE_DAYS = env.int("SAVE_DAYS", 90)

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Sign-in --------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = 3 * 3600
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "portal.staff.address.client_address"

# --- Mail: links to set a password, only when there is a server to send by --------------------------
_mail = environ.Env.email_url_config(env.str("EMAIL_URL", "") or "dummymail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST") or "localhost", _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER") or "", _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 10
SENDS_MAIL = "dummy" not in EMAIL_BACKEND
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "")
if SENDS_MAIL and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("EMAIL_URL is set without DEFAULT_FROM_EMAIL. Say who writes, like portal@example.gov.cn.")

# --- Cookies (staff pages only; public pages set none) --------------------------------------------
_prefix = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}sessionid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_prefix}csrftoken"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "portal.web.errors.csrf_failure"

# --- Headers; the policies for each area stand in portal/web/content_security.py -------------------
SECURE_SSL_REDIRECT = False  # the front server redirects; health checks come over http
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS and flag("HSTS_PRELOAD")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # its middleware runs under /admin/ only, as a subclass
    "security.W008",  # the redirect to https is the front server's, see docs/operating.md
    "security.W021",  # preload is a documented opt-in: HSTS_PRELOAD
    "axes.W002",  # its middleware runs under /admin/ only, as a subclass
]
CORS_URLS_REGEX = r"^/api/v1/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_EXPOSE_HEADERS = ("ETag", "Link")
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")

# --- API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["portal.api.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "EXCEPTION_HANDLER": "portal.api.problems.problem_response",
    "URL_FORMAT_OVERRIDE": None,
}

# --- Logs: one JSON line an event, so that no input can forge a second line ------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        }
    },
    "filters": {
        "request": {"()": "portal.web.request_id.RequestIdFilter"},
        "links": {"()": "portal.staff.log_filter.LinksFilter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request", "links"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
