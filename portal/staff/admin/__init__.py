from portal.staff.admin.user import StaffUserAdmin, SuperusersOnly

__all__ = ["StaffUserAdmin", "SuperusersOnly"]
