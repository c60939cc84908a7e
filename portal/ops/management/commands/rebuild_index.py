from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.publishing.search_entries import rebuild_index


class Command(BaseCommand):
    help = (
        "Build the search index anew from what is public. Readers search meanwhile; an interrupted run goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from-start", action="store_true", help="Do not go on where an interrupted run stopped.")

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild_index(anew=options["from_start"])
        self.stdout.write(f"indexed 已编入索引: {count}")
