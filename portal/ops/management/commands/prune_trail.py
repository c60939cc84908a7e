from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.publishing.editions import prune_saves
from portal.publishing.pruning import prune_log


class Command(BaseCommand):
    help = "Delete saves older than SAVE_DAYS and rows of the log older than AUDIT_DAYS. Publications are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--save-days", type=int, default=settings.SAVE_DAYS, help="keep saves of this many days")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["save_days"] < 0:
            raise CommandError("--save-days counts days back from today; write 0 or more.")
        now = timezone.now()
        saves = prune_saves(now - timedelta(days=options["save_days"]))
        rows = prune_log(now - timedelta(days=settings.AUDIT_DAYS))
        self.stdout.write(f"deleted 已清理: {saves} saves 保存记录, {rows} log 审计记录")
