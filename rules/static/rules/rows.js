// Rows of forms and lists: they are dragged by their handle, and Enter goes on to the next one.
// Without this file, fields say their order, and a form has a few empty rows.
"use strict";

/** Gives the rows of a form their numbers, except those that are empty. @param {HTMLElement} rows */
function numberRows(rows) {
  [...rows.children].forEach((row, index) => {
    const [order, label] = /** @type {(HTMLInputElement|null)[]} */ (
      ["ORDER", "label"].map((name) => row.querySelector(`input[name$="-${name}"]`))
    );
    if (order && (!label || label.value)) order.value = String(index + 1);
  });
}

/** @type {Element|null} The row after the one that is dragged. */
let oldFollower = null;

/**
 * Sends the new place of a rule or a question in its list. The row goes back to its old place until the
 * page says that it has moved.
 * @param {HTMLElement} row
 */
function sendPlace(row) {
  const form = /** @type {HTMLFormElement|null} */ (document.getElementById("place-part"));
  const [before, after] = [row.previousElementSibling, row.nextElementSibling];
  const isAfter = before instanceof HTMLElement && "part" in before.dataset;
  const other = isAfter ? before : after;
  const hasMoved = after !== oldFollower;
  row.parentElement?.insertBefore(row, oldFollower);
  if (!form || !hasMoved || !(other instanceof HTMLElement)) return;
  form.action = `${form.dataset.address}${row.dataset.part}`;
  /** @type {HTMLInputElement} */ (form.elements.namedItem("side")).value = isAfter ? "after" : "before";
  /** @type {HTMLInputElement} */ (form.elements.namedItem("other")).value = String(other.dataset.name);
  if (row.matches(".act-place")) row.append(form); // what it will do shows there
  form.requestSubmit();
}

/** Adds a row below the last one of a form, and returns it. @param {HTMLElement} last */
function addRow(last) {
  const total = /** @type {HTMLInputElement} */ (
    last.closest("form")?.querySelector('[name$="TOTAL_FORMS"]')
  );
  const row = /** @type {HTMLElement} */ (last.cloneNode(true));
  row.innerHTML = row.innerHTML.replaceAll(`form-${Number(total.value) - 1}-`, `form-${total.value}-`);
  for (const input of row.querySelectorAll("input")) input.value = "";
  total.value = String(Number(total.value) + 1);
  last.after(row);
  return row;
}

document.addEventListener(
  "pointerdown",
  ({ target }) => {
    const rows = target instanceof Element && target.closest(".drag-handle")?.closest("[data-drag]");
    if (!(rows instanceof HTMLElement) || Sortable.get(rows)) return;
    const isForm = rows.dataset.drag === "choices";
    Sortable.create(rows, {
      handle: ".drag-handle",
      draggable: isForm ? "tr" : "[data-part]",
      animation: 150,
      onStart: ({ item }) => {
        oldFollower = item.nextElementSibling;
      },
      onEnd: ({ item }) => (isForm ? numberRows(rows) : sendPlace(item)),
    });
  },
  true, // the list is ready before it hears of this press
);
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.key !== "Enter" || !(input instanceof HTMLInputElement) || event.defaultPrevented) return;
  const row = /** @type {HTMLElement|null} */ (input.closest("[data-drag] > tr"));
  const field = input.name.match(/-(label|leads)$/)?.[1];
  if (!row || !field || (field === "label" && !input.value)) return;
  const next = row.nextElementSibling ?? (row.querySelector('input[name$="-label"]') && addRow(row));
  /** @type {HTMLInputElement|null|undefined} */
  const following = next?.querySelector(`input[name$="-${field}"]`);
  if (!following) return;
  event.preventDefault();
  following.focus();
});
