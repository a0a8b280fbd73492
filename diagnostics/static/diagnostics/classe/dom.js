// Helpers that find and build elements.

/**
 * Returns the first element that matches, which must be of this class.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {{new (): T}} [kind]
 */
export function query(root, selector, kind) {
  const node = root.querySelector(selector);
  if (node instanceof (kind ?? HTMLElement)) return /** @type {T} */ (node);
  throw new TypeError(selector);
}

/** Returns a value that is never missing. @template T @param {T|null|undefined} value */
export function requireValue(value) {
  if (value == null) throw new TypeError();
  return value;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Properties} [properties]
 * @param {...(Node|string)} children
 */
export function createElement(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) Reflect.set(node, name, value);
    else node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * Returns a box with a text of an editor, which the server has made harmless HTML (`body_html`,
 * `help_html`, `detail_html`). All other texts, such as names, come into the page as text and never as markup.
 * @param {string} markup
 * @param {string} className
 */
export function createEditorHtml(markup, className) {
  const node = createElement("div", { className });
  node.innerHTML = markup;
  return node;
}

/** @type {CreateSelect} */
export function createSelect(choices, emptyLabel, properties) {
  const options = choices.map(({ key, label }) => createElement("option", { value: key }, label));
  const empty = createElement("option", { value: "" }, emptyLabel);
  return createElement("select", properties, empty, ...options);
}

/**
 * Calls `choose` with a list once a choice in it is final. Keyboard arrows only try choices: Enter, or
 * leaving the list, confirms one. Otherwise the first arrow would send the pupil to another group.
 * @type {ListenForChoices}
 */
export function listenForChoices(root, selector, choose) {
  /** @type {(HTMLSelectElement|null)[]} */
  let [typedIn, tried] = [null, null];
  const confirmChoice = () => {
    const list = tried;
    [typedIn, tried] = [null, null];
    if (list) choose(list);
  };
  /** @param {Event} event */
  const listOf = ({ target }) =>
    target instanceof HTMLSelectElement && target.matches(selector) ? target : null;
  root.addEventListener("pointerdown", () => (typedIn = null));
  root.addEventListener("keydown", (event) => {
    const list = listOf(event);
    if (!list) return;
    if (event.key !== "Enter") typedIn = list;
    else if (tried === list) {
      event.preventDefault();
      confirmChoice();
    }
  });
  root.addEventListener("change", (event) => {
    const list = listOf(event);
    if (!list) return;
    if (typedIn === list) tried = list;
    else choose(list);
  });
  root.addEventListener("focusout", (event) => {
    if (tried === event.target) setTimeout(confirmChoice); // after the focus has moved
  });
}
