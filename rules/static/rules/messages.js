// Messages stay in view over the page: a button closes them.
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
document.addEventListener("page:replaced", addCloseButton);
