// The live guide, and the states to which answers lead. The server is asked about many rows at once,
// and no name comes in here.

const MAX_ROWS_PER_CALL = 100; // longer lists wait for each other on the server
const CALL_TIMEOUT_MS = 20_000;
const HEADERS = { "Content-Type": "application/json" };
/** @type {State} */
const REFUSED = { status: "refused", answers: [], question: null, advice: [], outcomes: [] };

/**
 * The server did not answer as it should; the visitor reads the message, or its HTML if it has some.
 * `retrySeconds` is the time after which the server asks to be called again, 0 if it does not say.
 */
export class ServiceError extends Error {
  html = "";
  retrySeconds = 0;
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
    this.#evaluateUrl = `${evaluateUrl}?texts=once`;
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
      requireAnswer(Array.isArray(body.texts?.questions) && Array.isArray(body.texts.outcomes));
      if (version !== this.version) return false;
      const states = addTexts(body);
      part.forEach(({ answers }, index) => {
        this.#states.set(fingerprintOf(answers), states[index]);
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

/**
 * Returns the states of an answer with their texts, which the answer lists once.
 * @param {BatchAnswer} answer
 */
function addTexts({ results, texts }) {
  const questions = new Map(texts.questions.map((question) => [question.key, question]));
  const outcomes = new Map(texts.outcomes.map((outcome) => [outcome.key, outcome]));
  /** @param {NamedOutcome} named */
  const addText = ({ key, because }) => ({ ...outcomes.get(key), because });
  return results.map(({ state }) => {
    if (!state) return REFUSED;
    const question = questions.get(state.question ?? "") ?? null;
    const given = { advice: state.advice.map(addText), outcomes: state.outcomes.map(addText) };
    return /** @type {State} */ ({ ...state, ...given, question });
  });
}

/** @param {string} url @param {RequestInit} [options] */
async function callServer(url, options) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), CALL_TIMEOUT_MS);
  const response = await fetch(url, { signal: controller.signal, ...options }).catch(() => {
    throw new ServiceError("Le serveur ne répond pas. Vérifiez la connexion.");
  });
  const body = await response.json().catch(() => null); // a login page of the network is no JSON
  requireAnswer(response.ok, body?.detail, body?.detail_html, response.headers.get("Retry-After"));
  return { body, version: response.headers.get("Guide-Version") ?? "" };
}

/**
 * Throws `ServiceError` unless the answer is right: a proxy may have answered in the server's place.
 * @param {boolean} isRight
 * @param {string} [detail]
 * @param {string} [html] the detail as HTML
 * @param {string|null} [retryAfter] the header of this name
 */
function requireAnswer(isRight, detail, html = "", retryAfter = null) {
  if (isRight) return;
  const error = new ServiceError(detail || "Le serveur n’a pas pu répondre.");
  throw Object.assign(error, { html, retrySeconds: Number.parseInt(retryAfter ?? "", 10) || 0 });
}
