from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.ops.openapi import openapi_text


class Command(BaseCommand):
    help = "Print the OpenAPI document, write it to docs/openapi.yaml, or check that the file is what the code says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true")
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: object, **options: bool) -> None:
        path = settings.BASE_DIR / "docs" / "openapi.yaml"
        text = openapi_text()
        if options["write"]:
            path.write_text(text, encoding="utf-8")
        elif options["check"]:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                raise CommandError("docs/openapi.yaml is not what the code says; run `make openapi` and look at the difference.")
        else:
            self.stdout.write(text)
