from typing import Any

from django.core.management.base import BaseCommand

from portal.publishing.workflow import apply_due


class Command(BaseCommand):
    help = (
        "Apply the scheduled changes whose moment has come. Readers' requests do so by themselves; run this every few "
        "minutes on a site that is seldom read."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"applied 已生效: {apply_due()}")
