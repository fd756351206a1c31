"""All addresses, from the fixed ones to Wagtail's pages."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import to_sign_in
from files.media import media

handler400 = "core.views.bad_request"
handler403 = "core.views.forbidden"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"

urlpatterns = [
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("counters.urls")),
    path("", include("privacy.urls")),
    path("", include("campaign.portal.urls")),
    path("", include("campaign.units.urls")),
    path("", include("campaign.activities.urls")),
    path("", include("campaign.reporting.urls")),
    path("", include("campaign.awards.recognition_urls")),
    path("", include("campaign.awards.urls")),
    path("", include("campaign.results.urls")),
    path("", include("resources.survey_urls")),
    path("", include("campaign.events.urls")),
    path("", include("resources.urls")),
    path("", include("campaign.documents.urls")),
    path("", include("campaign.feedback.urls")),
    path("", include("home.urls")),
    path("quan-tri/login/", to_sign_in),
    path("quan-tri/password_reset/", to_sign_in),
    path("_util/login/", to_sign_in),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
]
if settings.SERVE_MEDIA:
    # A new picture gets a new name: what a browser has may be kept.
    kept = cache_control(public=True, max_age=60 * 60 * 24 * 30)
    prefix = settings.MEDIA_URL.lstrip("/")
    urlpatterns += [
        re_path(rf"^{prefix}(?P<path>.*)$", kept(media), {"document_root": settings.MEDIA_ROOT}),
    ]
urlpatterns += [path("", include(wagtail_urls))]
