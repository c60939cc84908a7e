from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from portal.publishing.editions import erase_payload
from portal.publishing.models import Edition
from portal.staff.models import User


class Command(BaseCommand):
    help = "Erase the text of one publication for somebody's privacy, and say who did so and why. Its hashes stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("entry_uuid", type=UUID, help="of the entry")
        parser.add_argument("number", type=int, help="of the publication")
        parser.add_argument("--by", required=True, help="user name of who answers for it")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(entry_uuid=options["entry_uuid"], number=options["number"]).first()
        person = User.objects.filter(username=options["by"], is_active=True).first()
        if edition is None:
            raise CommandError("There is no such publication. 没有这一版。")
        if person is None:
            raise CommandError(f"There is no active account {options['by']!r}. 没有这个账号。")
        try:
            erase_payload(edition, by=person, reason=options["reason"])
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"erased 已清除: {edition}")
