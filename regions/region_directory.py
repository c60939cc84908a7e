from functools import cached_property
from typing import Any

from portal.publishing.prepared import prepared
from regions.models import Region


class RegionDirectory:
    """The public regions, read once for a request: names for lists, the tree for filters. One query at first use."""

    @cached_property
    def rows(self) -> list[Region]:
        found = _regions()
        by_pk = {region.pk: region for region in found}
        for region in found:
            region.parent = by_pk.get(region.parent_id)
        return found

    @cached_property
    def by_slug(self) -> dict[str, Region]:
        return {region.slug: region for region in self.rows}

    @cached_property
    def by_pk(self) -> dict[int, Region]:
        return {region.pk: region for region in self.rows}

    def counts(self, rows: Any) -> dict[str, int]:
        """Turn counts by owner and `applies_below` into counts by region served, as `in_region` selects them.

        `rows`: (owner's pk as text, applies_below as text, count).
        """
        own: dict[int, int] = {}
        below: dict[int, int] = {}
        for owner, applies, count in rows:
            own[int(owner)] = own.get(int(owner), 0) + count
            if applies.lower() in {"1", "t", "true"}:
                below[int(owner)] = below.get(int(owner), 0) + count
        served = {
            region.slug: own.get(region.pk, 0) + sum(below.get(up.pk, 0) for up in region.ancestors()) for region in self.rows
        }
        return {slug: count for slug, count in served.items() if count}


@prepared
def _regions() -> Any:
    return Region.objects.published().only("slug", "short_name", "name", "name_en", "kind", "parent", "position")
