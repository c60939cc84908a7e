from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.publishing.changes import KEPT, prune


class Command(BaseCommand):
    help = "Remove change rows that nobody needs to follow any more: told for 180 days, or told again since."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{prune(timezone.now() - KEPT)} change rows removed.")
