from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.ops.sample.loader import FOLDER, is_database_empty, load_folder
from portal.ops.sample.plan import Plan, Verdict
from portal.ops.sample.problem import SampleError
from portal.ops.sample.writing import count_verdicts

HEADINGS = {
    Verdict.CREATED: "created 新增",
    Verdict.CHANGED: "changed 更新",
    Verdict.UNCHANGED: "unchanged 未变",
    Verdict.KEPT: "kept 保留人工修改",
}


class Command(BaseCommand):
    help = "Load the sample content (portal/sample). Safe to repeat: what is there already and unchanged is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing unless the database holds no content")
        parser.add_argument("--overwrite", action="store_true", help="also replace what staff have edited since the last load")
        parser.add_argument("--from", dest="folder", type=Path, default=FOLDER, help="another folder with *.yaml and pictures/")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_database_empty():
            self.stdout.write("The database holds content already; nothing was loaded. 已有内容，未加载样例。")
            return
        try:
            plan = load_folder(options["folder"], overwrite=options["overwrite"])
        except SampleError as error:
            raise CommandError(f"The sample was not loaded. 样例没有加载：\n{error}") from error
        self._report(plan)

    def _report(self, plan: Plan) -> None:
        counts = count_verdicts(plan)
        totals = {verdict: sum(row[verdict] for row in counts.values()) for verdict in Verdict}
        for name, row in {**counts, "total": totals}.items():
            words = "   ".join(f"{HEADINGS[verdict]} {row[verdict]:>3}" for verdict in Verdict)
            self.stdout.write(f"{name:<13} {words}")
        for step in plan.steps.values():
            if step.verdict is Verdict.KEPT:
                self.stdout.write(f"kept 保留: {step.record.kind.name} {step.record.slug} (--overwrite replaces it)")
