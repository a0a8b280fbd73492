// What the page of the poster does in addition where scripts run: it prints.
"use strict";

const printButton = /** @type {HTMLElement} */ (document.getElementById("imprimer"));
printButton.hidden = false;
printButton.addEventListener("click", () => window.print());
