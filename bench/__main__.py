"""`make bench`, or `python -m bench --sizes 1000 10000 --rounds 9`: see bench/README.md."""

import argparse
import shutil
import sys
from pathlib import Path

from .site import start


def main() -> None:
    options = _options()
    folder = start()
    try:
        run(folder, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(folder: Path, options: argparse.Namespace) -> None:
    from .databases import Databases  # noqa: PLC0415 -- models can be imported only once the site has started
    from .meter import TargetError, measure  # noqa: PLC0415 -- as above
    from .table import LATEST, print_table, report, write_json  # noqa: PLC0415 -- as above
    from .targets import targets  # noqa: PLC0415 -- as above

    databases = Databases(folder)
    try:
        for rows in options.sizes:
            size = databases.build(rows)
            print(f"seeded N={rows} in {size.seed_seconds:.1f} s of CPU", file=sys.stderr)
        found = report(measure(databases, targets(), options.rounds), databases.sizes, options.rounds)
    except TargetError as error:
        sys.exit(str(error))
    finally:
        databases.drop()
    print_table(found)
    write_json(found, options.json or LATEST)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="CPU per request as a ratio to a bare Django view.")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="N", help="entries of each large kind, ascending"
    )
    parser.add_argument("--rounds", type=int, default=9, help="alternating rounds; the median of them counts")
    parser.add_argument("--json", type=Path, help="where to write the figures; default bench/results/latest.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
