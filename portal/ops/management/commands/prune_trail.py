from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.publishing.pruning import prune_trail


class Command(BaseCommand):
    help = "Delete saves older than SAVE_DAYS and rows of the log older than AUDIT_DAYS, and expired preview links. Publications are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--save-days", type=int, default=settings.SAVE_DAYS, help="keep saves of this many days")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["save_days"] < 0:
            raise CommandError("--save-days counts days back from today; write 0 or more.")
        gone = prune_trail(timezone.now(), save_days=options["save_days"])
        self.stdout.write(
            f"deleted 已清理: {gone.saves} saves 保存记录, {gone.log} log 审计记录, {gone.links} preview links 预览链接"
        )
