import argparse
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.publishing.models import AuditEntry, Edition
from portal.publishing.verifying.editions import edition_findings
from portal.publishing.verifying.log import guard_findings, head_finding, log_findings


def head(text: str) -> tuple[int, str]:
    number, _colon, sha256 = text.partition(":")
    if not number.isdecimal() or len(sha256) != 64:
        raise argparse.ArgumentTypeError("write the line that an earlier run printed, NUMBER:SHA256")
    return int(number), sha256


class Command(BaseCommand):
    help = "Check that no edition and no row of the log was changed or removed behind the portal's back. Exit code 1 if one was."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--head", type=head, help="NUMBER:SHA256 printed by an earlier run and kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        written_down = head_finding(*options["head"]) if options["head"] else ()
        count = 0
        for finding in chain(guard_findings(), log_findings(), edition_findings(), written_down):
            self.stdout.write(str(finding))
            count += 1
        if count:
            raise CommandError(f"{count} findings. 发现 {count} 处异常。", returncode=1)
        self.stdout.write(
            f"whole 完整: {Edition.objects.filter(number__isnull=False).count()} publications 发布版本, "
            f"{Edition.objects.filter(number__isnull=True).count()} saves 保存记录, {AuditEntry.objects.count()} log 审计记录"
        )
        last = AuditEntry.objects.order_by("-number").values_list("number", "sha256").first()
        if last:
            self.stdout.write(f"head 末条: {last[0]}:{last[1]}")
