from portal.staff.admin.user import StaffUserAdmin, SuperuserGroupAdmin, SuperusersOnly

__all__ = ["StaffUserAdmin", "SuperuserGroupAdmin", "SuperusersOnly"]
