// Where answers lead: asked of the server, many at once. No name comes in here.

/** @typedef {import("./types.js").Guide} Guide */
/** @typedef {import("./types.js").Answers} Answers */
/** @typedef {import("./types.js").State} State */

const MOST_ROWS = 1000;
const PATIENCE = 20_000; // milliseconds

/** What the visitor reads when the server did not do what was asked. */
export class ServiceError extends Error {}

/** The live guide, and the states of all answers that were asked about. */
export class Evaluation {
  #served;
  #guideUrl;
  #evaluateUrl;
  #states = new Map();
  /** @type {Guide|null} */
  guide = null;
  version = "";

  /** @param {{guide: string, version: string, guideUrl: string, evaluateUrl: string}} page what it was served with */
  constructor({ guide, version, guideUrl, evaluateUrl }) {
    this.#served = { body: JSON.parse(guide), version };
    this.#guideUrl = guideUrl;
    this.#evaluateUrl = evaluateUrl;
  }

  /** Reads the guide of the page, then each time the one that is live. Raises `ServiceError`. */
  async load() {
    const { body, version } = this.#served ?? (await call(this.#guideUrl));
    this.#served = null;
    check(Array.isArray(body?.questions) && Array.isArray(body.outcomes));
    [this.guide, this.version] = [body, version];
    this.#states.clear();
  }

  /** @param {Answers} answers @returns {State|undefined} undefined before it was asked about */
  state(answers) {
    return this.#states.get(fingerprint(answers));
  }

  /**
   * Asks about each set of answers that is not known yet, equal sets once. Raises `ServiceError`.
   * @param {Answers[]} rows
   * @returns {Promise<boolean>} false when another version is live: `load` it
   */
  async ask(rows) {
    const unknown = this.#unknown(rows);
    for (let at = 0; at < unknown.length; at += MOST_ROWS) {
      const part = unknown.slice(at, at + MOST_ROWS);
      const { body, version } = await this.#post(part);
      check(Array.isArray(body?.results) && body.results.length === part.length);
      if (version !== this.version) return false;
      body.results.forEach((result, nth) => this.#keep(part[nth].answers, result));
    }
    return true;
  }

  /** Whether all of them are known. */
  knows(rows) {
    return this.#unknown(rows).length === 0;
  }

  #unknown(rows) {
    const distinct = new Map();
    rows.forEach((answers, at) => {
      const print = fingerprint(answers);
      if (this.#states.has(print) || distinct.has(print)) return;
      distinct.set(print, { id: String(at + 1), answers });
    });
    return [...distinct.values()];
  }

  #post(rows) {
    const headers = { "Content-Type": "application/json" };
    return call(this.#evaluateUrl, { method: "POST", headers, body: JSON.stringify({ rows }) });
  }

  #keep(answers, { state, error }) {
    const kept = state ?? { status: "refused", answers: [], question: null, advice: [], outcomes: [], error };
    this.#states.set(fingerprint(answers), kept);
  }
}

function fingerprint(answers) {
  return JSON.stringify(Object.entries(answers).sort());
}

async function call(url, options) {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), PATIENCE);
  const response = await fetch(url, { signal: patience.signal, ...options }).catch(() => {
    throw new ServiceError("Le serveur ne répond pas. Vérifiez la connexion.");
  });
  const body = await response.json().catch(() => null); // another's page, in a network with a gate
  check(response.ok, body?.detail);
  return { body, version: response.headers.get("Guide-Version") };
}

/** What stands between the page and the server may answer in its place. */
function check(isRight, detail) {
  if (!isRight) throw new ServiceError(detail || "Le serveur n’a pas pu répondre.");
}
