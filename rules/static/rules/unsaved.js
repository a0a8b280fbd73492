// Asks before somebody leaves a form with changes that were not saved.
"use strict";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @type {WeakMap<Control, string>} The values of the controls of forms that were sent. */
const sentValues = new WeakMap();
let isRefused = false; // true if the page shows again what could not be saved

/** @param {Element} control @returns {control is Control} */
function isControl(control) {
  if (control instanceof HTMLInputElement) return !["hidden", "submit", "button"].includes(control.type);
  return control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement;
}

/** @param {HTMLSelectElement} list @param {(option: HTMLOptionElement) => boolean} isChosen */
function chosenOptions(list, isChosen) {
  const options = [...list.options];
  const chosen = options.filter(isChosen);
  // Of a list of one line, browsers select the first option if the page selects none.
  if (!chosen.length && !list.multiple) chosen.push(...options.slice(0, 1));
  return chosen.map((option) => option.value).join(" ");
}

/**
 * Returns the value that the page showed, and the value that is there now.
 * @param {Control} control
 */
function shownAndPresentValue(control) {
  if (control instanceof HTMLSelectElement) {
    const shown = chosenOptions(control, (option) => option.defaultSelected);
    return [shown, chosenOptions(control, (option) => option.selected)];
  }
  if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
    return [String(control.defaultChecked), String(control.checked)];
  }
  return [control.defaultValue, control.value];
}

/** @param {HTMLFormElement} form @returns {Control[]} */
function controlsOf(form) {
  return [...form.elements].filter(isControl).filter((control) => !control.matches(":disabled"));
}

function shownControls() {
  /** @type {NodeListOf<HTMLFormElement>} */
  const forms = document.querySelectorAll('#content form[method="post"]:is(:has(.submit-row), .act-form)');
  return [...forms].flatMap(controlsOf);
}

function hasUnsavedChanges() {
  return shownControls().some((control) => {
    const [shown, present] = shownAndPresentValue(control);
    return present !== (sentValues.get(control) ?? shown);
  });
}

/** @param {Control[]} controls */
function markAsSent(controls) {
  for (const control of controls) sentValues.set(control, shownAndPresentValue(control)[1]);
}

/** @param {Event} event */
function askBeforeLeaving(event) {
  if (isRefused || hasUnsavedChanges()) event.preventDefault();
}

function stopAsking() {
  isRefused = false;
  window.removeEventListener("beforeunload", askBeforeLeaving);
}

// Some browsers keep no page that listens to this event: a page does so only once it is changed.
function startAsking() {
  window.addEventListener("beforeunload", askBeforeLeaving);
}

document.addEventListener("DOMContentLoaded", () => {
  if (document.body.classList.contains("login")) return;
  isRefused = document.getElementById("errors") !== null;
  if (isRefused) startAsking();
  document.addEventListener("input", startAsking);
  // Back may show again what someone has typed.
  window.addEventListener("pageshow", () => hasUnsavedChanges() && startAsking());
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
    markAsSent(controlsOf(form));
    isRefused = false;
    if (!hasUnsavedChanges()) stopAsking();
  });
});
