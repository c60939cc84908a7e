from portal.staff.models.role_grant import Role, RoleGrant
from portal.staff.models.site_settings import SiteSettings
from portal.staff.models.user import User

__all__ = ["Role", "RoleGrant", "SiteSettings", "User"]
