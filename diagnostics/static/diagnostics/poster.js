// What the page of the poster does in addition where scripts run: it prints.
"use strict";

const posterButton = /** @type {HTMLElement} */ (document.getElementById("imprimer"));
posterButton.hidden = false;
posterButton.addEventListener("click", () => window.print());
