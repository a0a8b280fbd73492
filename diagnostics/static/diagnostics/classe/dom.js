// Small helpers to build what the page shows. Names come in as text, never as markup.

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] properties of the element, or else attributes
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * Texts of editors, made harmless HTML by the server (`body_html`, `help_html`): the only markup
 * that is ever put into the page. Nothing that a visitor typed or read from a file comes here.
 * @param {string} markup
 * @param {string} className
 * @returns {HTMLElement}
 */
export function editorsHtml(markup, className) {
  const made = element("div", { className });
  made.innerHTML = markup;
  return made;
}

/**
 * @param {{key: string, label: string}[]} choices
 * @param {string} none what stands for no choice
 * @param {Record<string, unknown>} properties of the select
 * @returns {HTMLSelectElement}
 */
export function select(choices, none, properties) {
  const made = element("select");
  made.append(element("option", { value: "" }, none));
  for (const { key, label } of choices) made.append(element("option", { value: key }, label));
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  return made;
}

/**
 * Calls back once a choice in a list is meant. With the keyboard, arrows only try choices: Enter, or
 * leaving the list, keeps one; else the first arrow would send the pupil to another group.
 * @param {HTMLElement} root
 * @param {string} lists the selector of the lists
 * @param {(list: HTMLSelectElement) => void} choose
 */
export function onChosen(root, lists, choose) {
  let [typedIn, tried] = [null, null];
  const keep = () => {
    const list = tried;
    [typedIn, tried] = [null, null];
    choose(list);
  };
  root.addEventListener("pointerdown", () => (typedIn = null));
  root.addEventListener("keydown", (event) => {
    if (!event.target.matches(lists)) return;
    if (event.key !== "Enter") typedIn = event.target;
    else if (tried === event.target) {
      event.preventDefault();
      keep();
    }
  });
  root.addEventListener("change", (event) => {
    if (!event.target.matches(lists)) return;
    if (typedIn === event.target) tried = event.target;
    else choose(event.target);
  });
  root.addEventListener("focusout", (event) => {
    if (tried === event.target) setTimeout(keep); // once the focus is where it goes
  });
}
