"""`python -m bench.search.lists 2000`: what every question finds, in order, as JSON; the same on both databases."""

import json
import shutil
import sys

from bench.site import start


def main() -> None:
    folder = start()
    from bench.databases import Databases  # noqa: PLC0415 -- models can be imported only once the site has started

    from .found import found_lists  # noqa: PLC0415 -- as above

    databases = Databases(folder)
    try:
        databases.make("lists")
        json.dump(found_lists(int(sys.argv[1])), sys.stdout, ensure_ascii=False)
    finally:
        databases.drop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
