"""What markup says of a page for machines: JSON-LD, ``<time>``, breadcrumb elements.

The names it is given under: ``ld:headline``, ``ld:datePublished``, ``ld:author``,
``ld:publisher``, ``time:datetime``, and ``reader:path``, the breadcrumb with ``>``
between its parts. Source of the JSON-LD terms: schema.org, Article and BreadcrumbList.
"""

import json
from collections.abc import Iterator

from lxml.html import HtmlElement

from crawler.lines import collapse

_FIELDS = ("headline", "datePublished", "author", "publisher")
_BETWEEN = " >»›→/＞|\\-·:："
NAMES_CRUMBS = "rumb"
"""What stands in a page that has an element named as its breadcrumb."""
_CRUMBS = f"//*[contains(concat(@class, ' ', @id), '{NAMES_CRUMBS}')]"
_MAX_CRUMBS = 200
_PARTS = range(2, 10)


def structured(tree: HtmlElement, *, crumbs: bool = True) -> dict[str, str]:
    """Read what a page's markup says of it for machines.

    Args:
        tree: The page.
        crumbs: Whether there may be an element named as its breadcrumb.
    """
    found: dict[str, str] = {}
    for thing in _linked_data(tree):
        if "headline" in thing and "ld:headline" not in found:
            found |= {f"ld:{name}": _name(thing.get(name)) for name in _FIELDS}
        elif thing.get("@type") == "BreadcrumbList" and "reader:path" not in found:
            found["reader:path"] = " > ".join(_crumbs_of(thing))
    if crumbs:
        found.setdefault("reader:path", " > ".join(_crumb_element(tree)))
    times = (time.get("datetime") or "" for time in tree.iter("time"))
    found["time:datetime"] = next(filter(None, times), "")
    return {name: value for name, value in found.items() if value}


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Yield the objects of a page's JSON-LD; what cannot be read is passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _things(data)


def _things(data: object) -> Iterator[dict[str, object]]:
    """Yield the objects of a JSON-LD document, those of its graph included."""
    if isinstance(data, list):
        for item in data:
            if isinstance(item, dict):
                yield from _things(item)
    elif isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph"))


def _name(value: object) -> str:
    """Return a JSON-LD value as text: itself, its name, or its members' names."""
    if isinstance(value, str):
        return collapse(value)
    if isinstance(value, dict):
        return _name(value.get("name"))
    if isinstance(value, list):
        return " ".join(filter(None, map(_name, value)))
    return ""


def _crumbs_of(thing: dict[str, object]) -> list[str]:
    """Name the parts of a BreadcrumbList, in the order that they are given."""
    items = thing.get("itemListElement")
    names = (
        _name(item) or _name(item.get("item"))
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict)
    )
    return [name for name in names if name]


def _crumb_element(tree: HtmlElement) -> list[str]:
    """Read the first element whose class or id names it as the breadcrumb."""
    for element in tree.xpath(_CRUMBS):
        texts = [collapse(text) for text in element.itertext()]
        parts = [text for text in texts if text.strip(_BETWEEN)]
        if len(parts) in _PARTS and sum(map(len, parts)) <= _MAX_CRUMBS:
            return parts
    return []
