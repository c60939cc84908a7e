from portal.staff.models.site_settings import SiteSettings
from portal.staff.models.user import User

__all__ = ["SiteSettings", "User"]
