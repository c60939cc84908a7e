from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from portal.publishing.models import ContentState
from portal.publishing.pruning import tidy_once_a_day
from portal.publishing.search_entries import rebuild_index, refresh_ended
from portal.publishing.workflow import apply_due
from portal.search.counting import count_again, is_count_due
from portal.search.rebuild import is_due


class Command(BaseCommand):
    help = (
        "Apply the scheduled changes whose moment has come. Readers' requests do so by themselves; run this every few "
        "minutes on a site that is seldom read. It also keeps the search index: builds it anew where it is missing or of an "
        "older release, takes out what is over, and counts its words. Once a day it throws away what has had its time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"applied 已生效: {apply_due()}")
        if (tidied := tidy_once_a_day()) is not None:
            trail, changes = tidied
            self.stdout.write(
                f"deleted 已清理: {trail.saves} saves 保存记录, {trail.log} log 审计记录, "
                f"{trail.links} preview links 预览链接, {changes} changes 变更"
            )
        if is_due():
            self.stdout.write(f"indexed 已编入索引: {rebuild_index()}")
            self._forget_answers()
            return
        refresh_ended()
        if is_count_due(now := timezone.now()):
            count_again(now)
            self._forget_answers()

    @staticmethod
    @transaction.atomic
    def _forget_answers() -> None:
        """What was counted orders results and offers words: answers that are kept say otherwise."""
        ContentState.next_seq()
