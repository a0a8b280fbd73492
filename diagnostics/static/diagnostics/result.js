// What the result page does in addition where scripts run: it prints, copies, and remembers ticked boxes.
"use strict";

const printButton = /** @type {HTMLElement} */ (document.getElementById("imprimer"));
printButton.hidden = false;
printButton.addEventListener("click", () => window.print());

// Browsers print what is folded only once it is open.
addEventListener("beforeprint", () => {
  for (const details of /** @type {NodeListOf<HTMLDetailsElement>} */ (
    document.querySelectorAll(".printed")
  )) {
    details.open = true;
  }
});

const copyButton = document.getElementById("copier");
if (copyButton) {
  copyButton.hidden = false;
  copyButton.addEventListener("click", copyText);
}

async function copyText() {
  const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("texte"));
  const status = /** @type {HTMLElement} */ (document.getElementById("copie"));
  try {
    await navigator.clipboard.writeText(text.value);
    status.textContent = "Le texte est copié.";
  } catch {
    // the browser refuses, or does not know the clipboard on a page without https
    text.focus();
    text.select();
    status.textContent = "Le texte est sélectionné : copiez-le avec Ctrl + C.";
  }
}

// The names of ticked boxes are stored for this tab: the id of the outcome, and the index of the box in it.
const storageKey = `faits ${location.pathname}${location.search}`;
/** @type {NodeListOf<HTMLInputElement>} */
const boxes = document.querySelectorAll(".steps [type=checkbox]");
const boxNames = Array.from(boxes, (box) => {
  const outcome = /** @type {Element} */ (box.closest("[id]"));
  return `${outcome.id} ${[...outcome.querySelectorAll("[type=checkbox]")].indexOf(box)}`;
});

try {
  const ticked = JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
  boxes.forEach((box, index) => {
    box.checked ||= ticked.includes(boxNames[index]);
  });
  saveTicks();
  document.addEventListener("change", saveTicks);
} catch {
  /* the browser stores nothing, and the page works without */
}

function saveTicks() {
  const ticked = boxNames.filter((_, index) => boxes[index].checked);
  sessionStorage.setItem(storageKey, JSON.stringify(ticked));
}
