// What a script adds to the result: a button that prints, one that copies, ticks that stay.
"use strict";

const printing = document.getElementById("imprimer");
printing.hidden = false;
printing.addEventListener("click", () => window.print());

const copying = document.getElementById("copier");
if (copying) {
  copying.hidden = false;
  copying.addEventListener("click", copy);
}

async function copy() {
  const text = document.getElementById("texte");
  const told = document.getElementById("copie");
  try {
    await navigator.clipboard.writeText(text.value);
    told.textContent = "Le texte est copié.";
  } catch { // refused, or unknown where the page is not served by https
    text.focus();
    text.select();
    told.textContent = "Le texte est sélectionné : copiez-le avec Ctrl + C.";
  }
}

// A tick is kept for this tab, under the place of its box in a conclusion or an advice.
const place = `faits ${location.pathname}${location.search}`;
const boxes = [...document.querySelectorAll(":is(.steps, .still) [type=checkbox]")];
const names = boxes.map((box) => {
  const part = box.closest("[id]");
  return `${part.id} ${[...part.querySelectorAll("[type=checkbox]")].indexOf(box)}`;
});

try {
  const done = JSON.parse(sessionStorage.getItem(place)) ?? [];
  boxes.forEach((box, at) => { box.checked ||= done.includes(names[at]); });
  keep();
  document.addEventListener("change", keep);
} catch { /* the browser keeps nothing: the page is whole without */ }

function keep() {
  const done = names.filter((_, at) => boxes[at].checked);
  sessionStorage.setItem(place, JSON.stringify(done));
}
