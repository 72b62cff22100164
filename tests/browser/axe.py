"""axe-core in the page: what it finds, as sentences."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

# Vendored by bin/vendor, licence beside it. Evaluated by the debugger, so that the site's own policy,
# which forbids foreign scripts, stays in force while the page is looked at.
SOURCE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text()
COUNTED = "axe-core"

RUN = """async () => {
    // Two frames, in which the page follows a scheme or size that has just changed.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    // Colours on their way from one scheme to the other are nobody's colours.
    for (const animation of document.getAnimations()) {
        try { animation.finish(); } catch { animation.cancel(); }
    }
    const result = await axe.run({ resultTypes: ["violations"] });
    return result.violations.map(({ id, impact, nodes }) => ({
        id, impact, nodes: nodes.slice(0, 4).map((node) => `${node.target}: ${node.failureSummary}`),
    }));
}"""

Scheme = Literal["light", "dark"]


def violations(page: Page) -> list[str]:
    """Return what is wrong with the page as it is now."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SOURCE)
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{fault['id']} ({fault['impact']}): {node}" for fault in found for node in fault["nodes"]]


def check(
    page: Page,
    name: str,
    record: pytest.FixtureRequest,
    *,
    sizes: dict[str, ViewportSize],
    schemes: tuple[Scheme, ...] = ("light", "dark"),
) -> None:
    """Assert that axe finds nothing in any size and scheme; count the combinations for the summary."""
    found = []
    for size, viewport in sizes.items():
        page.set_viewport_size(viewport)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{name}, {size}, {scheme}: {fault}" for fault in violations(page)]
            record.node.user_properties.append((COUNTED, f"{name}, {size}, {scheme}"))
    assert not found, "\n".join(found)
