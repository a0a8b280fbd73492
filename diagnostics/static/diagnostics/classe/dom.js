// Helpers that build elements.

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] properties of the element, or else attributes
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function createElement(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/**
 * Returns a box with a text of an editor, which the server has made harmless HTML (`body_html`,
 * `help_html`). All other texts, such as names, come into the page as text and never as markup.
 * @param {string} markup
 * @param {string} className
 * @returns {HTMLElement}
 */
export function createEditorHtml(markup, className) {
  const node = createElement("div", { className });
  node.innerHTML = markup;
  return node;
}

/**
 * @param {{key: string, label: string}[]} choices
 * @param {string} emptyLabel of no choice
 * @param {Record<string, unknown>} properties
 * @returns {HTMLSelectElement}
 */
export function createSelect(choices, emptyLabel, properties) {
  const options = choices.map(({ key, label }) => createElement("option", { value: key }, label));
  const empty = createElement("option", { value: "" }, emptyLabel);
  return createElement("select", properties, empty, ...options);
}

/**
 * Calls `choose` with a list once a choice in it is final. Keyboard arrows only try choices: Enter, or
 * leaving the list, confirms one. Otherwise the first arrow would send the pupil to another group.
 * @param {HTMLElement} root
 * @param {string} selector of the lists
 * @param {(list: HTMLSelectElement) => void} choose
 */
export function listenForChoices(root, selector, choose) {
  let [typedIn, tried] = [null, null];
  const confirmChoice = () => {
    const list = tried;
    [typedIn, tried] = [null, null];
    choose(list);
  };
  root.addEventListener("pointerdown", () => (typedIn = null));
  root.addEventListener("keydown", (event) => {
    if (!event.target.matches(selector)) return;
    if (event.key !== "Enter") typedIn = event.target;
    else if (tried === event.target) {
      event.preventDefault();
      confirmChoice();
    }
  });
  root.addEventListener("change", (event) => {
    if (!event.target.matches(selector)) return;
    if (typedIn === event.target) tried = event.target;
    else choose(event.target);
  });
  root.addEventListener("focusout", (event) => {
    if (tried === event.target) setTimeout(confirmChoice); // after the focus has moved
  });
}
