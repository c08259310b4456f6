"""What axe-core, the open accessibility checker, has against a page."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_RUN = "options => axe.run(options)"
COLOUR_RULES = ("color-contrast", "link-in-text-block")
"""The rules whose answer may change with the colour scheme."""


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """List the violations: rule, element, and what is wrong with it.

    Args:
        page: A page.
        rules: The only rules to check; without any, all of them, those that axe-core
            leaves off by itself (target-size) included.
    """
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    else:
        options["rules"] = {"target-size": {"enabled": True}}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_SCRIPT)
    found = page.evaluate(_RUN, options)
    return [
        f"{rule['id']} {node['target']}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
