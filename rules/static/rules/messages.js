// Messages stay in view over the page: a button closes them. Another one undoes what they say.
"use strict";

function addCloseButton() {
  const list = document.querySelector(".messagelist");
  if (!list) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "close-messages";
  button.setAttribute("aria-label", "Fermer les messages");
  button.textContent = "×";
  button.addEventListener("click", () => {
    list.remove();
    document.getElementById("content-start")?.focus({ preventScroll: true });
  });
  list.firstElementChild?.prepend(button);
}

document.addEventListener("DOMContentLoaded", addCloseButton);
// The second press of a double click must not do again what the first has undone: the button that does
// so stands where the other one stood.
document.addEventListener("click", (event) => {
  const isUndo = event.target instanceof Element && event.target.closest('button[form="undo"]') !== null;
  if (isUndo && event.detail > 1) event.preventDefault();
});
document.addEventListener("page:replaced", addCloseButton);
