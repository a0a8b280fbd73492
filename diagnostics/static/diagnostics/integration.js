// <pix-diagnostic guide="slug" answers="question=choice&...">: the form, in a frame as high as its page.
// Other sites load this file, in any encoding; /integration/ shows them how.
//
// The frame has no sandbox: a page that runs this script trusts its origin already, and the form
// needs what a sandbox forbids (printing, downloads, new tabs).
"use strict";

{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { origin } = new URL(script.src);

  class PixDiagnostic extends HTMLElement {
    /** @type {HTMLIFrameElement|undefined} */
    frame;
    hasLoaded = false;

    connectedCallback() {
      this.frame ??= this.appendChild(this.createFrame());
      window.addEventListener("message", this);
    }

    disconnectedCallback() {
      window.removeEventListener("message", this);
    }

    createFrame() {
      const frame = document.createElement("iframe");
      frame.title = "Diagnostic guid\u00e9 pour Pix";
      frame.loading = "lazy";
      frame.allow = "clipboard-write"; // the form has a text to copy
      Object.assign(frame.style, { display: "block", width: "100%", height: "0", border: "0" });
      frame.addEventListener("load", () => this.scrollToTop(frame));
      frame.src = this.formAddress();
      return frame;
    }

    formAddress() {
      const guide = this.getAttribute("guide");
      const address = new URL(guide ? `/${encodeURIComponent(guide)}/` : "/", origin);
      address.search = String(new URLSearchParams(this.getAttribute("answers") ?? ""));
      return address.href;
    }

    /** Brings the top of each page after the first into view. @param {HTMLElement} frame */
    scrollToTop(frame) {
      const isAbove = frame.getBoundingClientRect().top < 0;
      if (this.hasLoaded && isAbove) frame.scrollIntoView();
      this.hasLoaded = true;
    }

    /**
     * The first height that the form sends removes what stood in its place (a link). Where this site
     * may not frame the form, no height comes and the link stays.
     * @param {MessageEvent} event
     */
    handleEvent({ origin: sender, source, data }) {
      const { frame } = this;
      if (!frame || sender !== origin || source !== frame.contentWindow) return;
      if (data?.type !== "pix-diagnostic" || !Number.isFinite(data.height)) return;
      frame.style.height = `${Math.max(data.height, 160)}px`;
      for (const node of [...this.childNodes]) if (node !== frame) node.remove();
    }
  }

  customElements.get("pix-diagnostic") ?? customElements.define("pix-diagnostic", PixDiagnostic);
}
