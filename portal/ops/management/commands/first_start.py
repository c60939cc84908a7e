import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.search.counting import count_again, is_count_due


class Command(BaseCommand):
    help = "Make a local site ready: migrate, load the sample into an empty database, create accounts, collect static files."

    def handle(self, *args: object, **options: object) -> None:
        os.umask(0o077)  # the database and the pictures are for the service alone
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_sample", if_empty=True, stdout=self.stdout)
        if is_count_due(now := timezone.now()):
            count_again(now)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("create_cast", stdout=self.stdout)
        self.stdout.write(f"\n  {settings.SITE_URL}/          the site")
        self.stdout.write(f"  {settings.SITE_URL}/admin/    for staff")
        self.stdout.write(f"  {settings.SITE_URL}/api/      for partners\n")
