from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin, on our own site class."""

    default = False
    default_site = "portal.publishing.admin.site.PortalAdminSite"
