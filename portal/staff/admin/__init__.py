from portal.staff.admin.user import StaffUserAdmin, SuperuserGroupAdmin

__all__ = ["StaffUserAdmin", "SuperuserGroupAdmin"]
