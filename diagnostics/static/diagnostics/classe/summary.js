// How many pupils there are, how many are still to complete, and the way to each group.

import { element } from "./dom.js";
import { count } from "./groups.js";

/** @typedef {import("./types.js").Group} Group */

/** @param {HTMLElement} root @param {Group[]} groups @param {number} all */
export function showSummary(root, groups, all) {
  const sorted = groups.filter(({ kind }) => kind === "outcomes");
  const done = sorted.reduce((sum, { pupils }) => sum + pupils.length, 0);
  const classed = `${done} ${done > 1 ? "classés" : "classé"}`;
  const words = `${count(all, "élève")}\u00a0: ${all - done} à compléter, ${classed}.`;
  const links = groups.map(({ id, title, pupils }) =>
    element("li", {}, element("a", { href: `#titre-${id}` }, title), " ", count(pupils.length, "élève")),
  );
  root.replaceChildren(element("p", {}, element("strong", {}, words)), element("ul", {}, ...links));
}
