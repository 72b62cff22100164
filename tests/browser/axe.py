"""axe-core in the page: what it finds, as sentences."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

# Vendored by bin/vendor, licence beside it. Evaluated by the debugger, so that the site's own policy,
# which forbids foreign scripts, stays in force while the page is looked at.
SOURCE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text()
COUNTED = "axe-core"

# Where every element is, and whether it is seen. While that stays as it is, all that another scheme can
# change is colours, which OF_COLOURS read and no other rule does.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async ({ ofColours, otherScheme }) => {
    // Two frames, in which the page follows a scheme or size that has just changed.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    // Colours on their way from one scheme to the other are nobody's colours.
    for (const animation of document.getAnimations()) {
        try { animation.finish(); } catch { animation.cancel(); }
    }
    const layout = [...document.querySelectorAll("*")].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.checkVisibility({ visibilityProperty: true }), x, y, width, height];
    }).join();
    const options = { resultTypes: ["violations"], preload: false };
    if (otherScheme && layout === window.layoutBefore) options.runOnly = ofColours;
    window.layoutBefore = layout;
    const result = await axe.run(options);
    return result.violations.map(({ id, impact, nodes }) => ({
        id, impact, nodes: nodes.slice(0, 4).map((node) => `${node.target}: ${node.failureSummary}`),
    }));
}"""

Scheme = Literal["light", "dark"]


def violations(page: Page, *, other_scheme: bool = False) -> list[str]:
    """Return what is wrong with the page as it is now.

    ``other_scheme`` says that only the scheme has changed since the last look: if that moved nothing, axe is
    asked about colours alone, which takes half the time.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SOURCE)
    found: list[dict[str, Any]] = page.evaluate(RUN, {"ofColours": OF_COLOURS, "otherScheme": other_scheme})
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
            faults = violations(page, other_scheme=scheme != schemes[0])
            found += [f"{name}, {size}, {scheme}: {fault}" for fault in faults]
            record.node.user_properties.append((COUNTED, f"{name}, {size}, {scheme}"))
    assert not found, "\n".join(found)
