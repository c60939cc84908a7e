"""`python -m bench.search --sizes 10000 100000`: the quality and the cost of searching, see bench/README.md."""

import argparse
import shutil
import sys

from bench.site import start


def main() -> None:
    options = _options()
    folder = start()
    from bench.databases import Databases  # noqa: PLC0415 -- models can be imported only once the site has started

    from .run import run  # noqa: PLC0415 -- as above

    databases = Databases(folder)
    try:
        for size in options.sizes:
            databases.make(f"search-{size}")
            run(size, each=options.each)
        if options.reference:
            from .reference import compare, print_reference  # noqa: PLC0415 -- as above
            from .run import fill  # noqa: PLC0415 -- as above

            databases.make("reference")
            print_reference(compare(fill))
    finally:
        databases.drop()
        shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description="Quality and cost of searching.")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000], metavar="N", help="documents")
    parser.add_argument("--each", type=int, default=20, help="questions of each shape")
    parser.add_argument("--reference", action="store_true", help="also the public data that REFERENCE_DATA names")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
