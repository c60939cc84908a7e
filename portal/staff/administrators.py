from portal.staff.models import User


def is_last_administrator(user: User) -> bool:
    """Whether nobody else could manage people; locks the administrators until the transaction ends, one query."""
    rows = User.objects.select_for_update().filter(is_superuser=True, is_active=True, is_staff=True).order_by("pk")
    return [row.pk for row in rows] == [user.pk]
