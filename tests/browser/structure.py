"""What programs that read a page aloud need of it, beyond the rules that axe knows."""

from playwright.sync_api import Page

FAULTS = """() => {
    const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const words = (one) => one.textContent.replace(/\\s+/g, " ").trim();
    const faults = [];

    let above = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6")) {
        const level = Number(heading.tagName[1]);
        if (level > above + 1) faults.push(`h${level} follows h${above}: ${words(heading)}`);
        if (!words(heading)) faults.push(`a heading is empty: ${heading.outerHTML}`);
        above = level;
    }
    const titles = all("h1").map(words);
    if (titles.length !== 1) faults.push(`not one h1: ${titles.join(" / ")}`);

    for (const list of all("ul, ol")) // Safari takes a list without bullets for no list
        if ([list, ...list.children].some((one) => getComputedStyle(one).listStyleType === "none")
            && list.getAttribute("role") !== "list")
            faults.push(`a list without bullets has no role: ${list.outerHTML.slice(0, 80)}`);

    for (const image of all("svg")) {
        const name = image.getAttribute("aria-label") || image.querySelector(":scope > title")?.textContent;
        const named = image.getAttribute("role") === "img" && name; // or it is a group of links
        if (!named && !image.hasAttribute("aria-labelledby") && !image.closest("[aria-hidden=true]"))
            faults.push(`an image has no name: ${image.outerHTML.slice(0, 80)}`);
    }

    const targets = new Map();
    for (const link of all("a[href]:not([href^='#'])")) {
        const name = link.getAttribute("aria-label") || words(link);
        if (targets.has(name) && targets.get(name) !== link.getAttribute("href")) faults.push(`two links are called ${name}`);
        targets.set(name, link.getAttribute("href"));
    }
    const boxes = all("input[type=checkbox]").map((box) => box.getAttribute("aria-label") || words(box.labels[0]));
    for (const name of boxes.filter((name, index) => boxes.indexOf(name) !== index))
        faults.push(`two boxes are called ${name}`);

    for (const field of all("[aria-invalid=true]")) {
        const ids = (field.getAttribute("aria-describedby") ?? "").split(" ");
        const said = ids.map((id) => words(document.getElementById(id) ?? document.createElement("p")));
        if (!said.some((text) => text.includes("Erreur"))) faults.push(`an error is not said of ${field.outerHTML.slice(0, 80)}`);
    }
    return faults;
}"""


def structure_faults(page: Page) -> list[str]:
    """Returns what is wrong with the headings, lists, images and names that are shown.

    A page has one h1, and no level of headings is left out. A list without bullets says that it is
    one. An image has a name, or is said to be none. Links of one name lead to one address, boxes have
    names of their own, and an invalid field is described by its error.
    """
    return list(page.evaluate(FAULTS))
