// The live guide, and the states to which answers lead. The server is asked about many rows at once,
// and no name comes in here.

const MAX_ROWS_PER_CALL = 1000;
const CALL_TIMEOUT_MS = 20_000;
const HEADERS = { "Content-Type": "application/json" };
/** @type {State} */
const REFUSED = { status: "refused", answers: [], question: null, advice: [], outcomes: [] };

/** The server did not answer as it should; the visitor reads the message, or its HTML if it has some. */
export class ServiceError extends Error {
  html = "";
}

export class Evaluation {
  /** @type {ServedGuide|null} */
  #served;
  #guideUrl;
  #evaluateUrl;
  /** @type {Map<string, State>} */
  #states = new Map();
  /** @type {Guide} */
  guide;
  version = "";
  hasGuide = false;

  /** @param {PageData} data */
  constructor({ guide, version, guideUrl, evaluateUrl, toDo }) {
    this.guide = { questions: [], outcomes: [], toDo: JSON.parse(toDo) };
    this.#served = { body: JSON.parse(guide), version };
    this.#guideUrl = guideUrl;
    this.#evaluateUrl = evaluateUrl;
  }

  /** Takes the guide that came with the page; when called again, the live one. Throws `ServiceError`. */
  async loadGuide() {
    const { body, version } = this.#served ?? (await callServer(this.#guideUrl));
    this.#served = null;
    requireAnswer(Array.isArray(body?.questions) && Array.isArray(body.outcomes));
    this.guide = { ...body, toDo: this.guide.toDo };
    [this.version, this.hasGuide] = [version, true];
    this.#states.clear();
  }

  /** Returns undefined if the state was not fetched yet. @param {Answers} answers */
  stateOf(answers) {
    return this.#states.get(fingerprintOf(answers));
  }

  /** True if the states of all rows are known. @param {Answers[]} rows */
  hasStates(rows) {
    return this.#unknownRows(rows).length === 0;
  }

  /**
   * Fetches the states that are not known yet, equal rows once. Throws `ServiceError`.
   * @param {Answers[]} rows
   * @returns false if another version is live, so that `loadGuide` is needed
   */
  async fetchStates(rows) {
    const unknown = this.#unknownRows(rows);
    for (let start = 0; start < unknown.length; start += MAX_ROWS_PER_CALL) {
      const part = unknown.slice(start, start + MAX_ROWS_PER_CALL);
      const request = { method: "POST", headers: HEADERS, body: JSON.stringify({ rows: part }) };
      const { body, version } = await callServer(this.#evaluateUrl, request);
      requireAnswer(Array.isArray(body?.results) && body.results.length === part.length);
      if (version !== this.version) return false;
      part.forEach(({ answers }, index) => {
        this.#states.set(fingerprintOf(answers), body.results[index].state ?? REFUSED);
      });
    }
    return true;
  }

  /** @param {Answers[]} rows */
  #unknownRows(rows) {
    /** @type {Map<string, Row>} */
    const distinct = new Map();
    rows.forEach((answers, index) => {
      const fingerprint = fingerprintOf(answers);
      if (this.#states.has(fingerprint) || distinct.has(fingerprint)) return;
      distinct.set(fingerprint, { id: String(index + 1), answers });
    });
    return [...distinct.values()];
  }
}

/** @param {Answers} answers */
function fingerprintOf(answers) {
  return JSON.stringify(Object.entries(answers).sort());
}

/** @param {string} url @param {RequestInit} [options] */
async function callServer(url, options) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), CALL_TIMEOUT_MS);
  const response = await fetch(url, { signal: controller.signal, ...options }).catch(() => {
    throw new ServiceError("Le serveur ne répond pas. Vérifiez la connexion.");
  });
  const body = await response.json().catch(() => null); // a login page of the network is no JSON
  requireAnswer(response.ok, body?.detail, body?.detail_html);
  return { body, version: response.headers.get("Guide-Version") ?? "" };
}

/**
 * Throws `ServiceError` unless the answer is right: a proxy may have answered in the server's place.
 * @param {boolean} isRight
 * @param {string} [detail]
 * @param {string} [html] the detail as HTML
 */
function requireAnswer(isRight, detail, html = "") {
  if (isRight) return;
  const error = new ServiceError(detail || "Le serveur n’a pas pu répondre.");
  throw Object.assign(error, { html });
}
