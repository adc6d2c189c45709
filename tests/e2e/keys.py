"""The keyboard: what of a page it reaches, and whether one sees where one is."""

from __future__ import annotations

from playwright.sync_api import Page

# of everything that can be used, also in what is folded: Tab comes there, in the order of the page; and of
# each kind of element one gets the focus, to see that it shows
REACHED = """() => {
    const usable = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe,"
        + "[contenteditable=true], [tabindex], [role=button], [role=link], [role=tab], [role=menuitem],"
        + "[role=checkbox], [role=switch], [role=combobox], [role=textbox]";
    const name = one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
    const arrows = one => one.closest("[role=toolbar], [role=tablist], [role=menu]");
    const faults = [], kinds = new Set(), folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
    for (const one of document.querySelectorAll(usable)) {
        if (one.matches(":disabled") || one.closest("[inert], [aria-hidden=true]")) continue;
        if (!one.checkVisibility({visibilityProperty: true})) continue;
        if (one.tabIndex > 0) faults.push(`Tab jumps to ${name(one)}`);
        if (one.tabIndex < 0) {
            const led = one.matches("main, [role=alert]") || arrows(one)?.querySelector('[tabindex="0"]');
            if (!led) faults.push(`Tab does not reach ${name(one)}`);
            continue;
        }
        const kind = `${one.tagName} ${one.type} ${one.className}`;
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        one.focus();
        const style = getComputedStyle(one), box = one.getBoundingClientRect();
        const own = style.outlineStyle === "auto";  // the browser's own ring, in Django's admin
        const drawn = own || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const seen = drawn && box.width > 1 && style.opacity !== "0";
        if (document.activeElement !== one) faults.push(`takes no focus: ${name(one)}`);
        else if (!seen) faults.push(`shows no focus: ${name(one)}`);
    }
    document.activeElement.blur();
    for (const one of folded) one.open = false;
    return faults;
}"""

STOPS = """() => {
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary,"
        + "[contenteditable=true], [tabindex]";
    const radio = one => one.type === "radio" && !one.checked;
    const stops = [...document.querySelectorAll(all)].filter(one =>
        one.tabIndex >= 0 && !one.matches(":disabled") && !radio(one)
        && one.checkVisibility({visibilityProperty: true}));
    window.passed = [];
    stops.forEach((one, place) => one.addEventListener("focus", () => passed.push(place)));
    return stops.length;
}"""


def walked(page: Page, key: str = "Tab") -> list[str]:
    """What is wrong when somebody presses Tab from the top of the page until all of it was passed."""
    stops = int(page.evaluate(STOPS))
    for _press in range(stops):
        page.keyboard.press(key)
    passed = page.evaluate("() => passed")
    wanted = list(range(stops) if key == "Tab" else reversed(range(stops)))
    if not stops or len(passed) != stops:
        return [f"{len(passed)} of {stops}: {passed}"]
    return [f"{one} instead of {other}" for one, other in zip(passed, wanted, strict=True) if one != other]
