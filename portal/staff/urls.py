"""Pages under /admin/ that belong to people rather than to content."""

from django.contrib import admin
from django.urls import path

from portal.staff.views.guide import guide_view
from portal.staff.views.me import MeView
from portal.staff.views.password import PasswordSetView, ResetSentView, ResetView, SetByLinkView, WelcomeView

urlpatterns = [
    path("me/", admin.site.admin_view(MeView.as_view()), name="me"),
    path("guide/", admin.site.admin_view(guide_view), name="guide"),
    path("reset/", ResetView.as_view(), name="password_reset"),
    path("reset/sent/", ResetSentView.as_view(), name="password_reset_done"),
    path("reset/done/", PasswordSetView.as_view(), name="password_reset_complete"),
    path("reset/<uidb64>/<token>/", SetByLinkView.as_view(), name="password_reset_confirm"),
    path("invitation/<uidb64>/<token>/", WelcomeView.as_view(), name="invitation"),
]
