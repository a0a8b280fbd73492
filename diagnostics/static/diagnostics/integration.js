// <pix-diagnostic guide="slug" answers="question=choice&...">: the form, in a frame as high as its page.
// Other sites load this file, in any encoding; /integration/ shows them how.
//
// The frame has no sandbox: a page that runs this script trusts its origin already, and the form
// needs what a sandbox forbids (printing, downloads, new tabs).
"use strict";

{
  const { origin } = new URL(document.currentScript.src);

  class PixDiagnostic extends HTMLElement {
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
      frame.addEventListener("load", () => this.scrollToTop());
      frame.src = this.formAddress();
      return frame;
    }

    formAddress() {
      const guide = this.getAttribute("guide");
      const address = new URL(guide ? `/${encodeURIComponent(guide)}/` : "/", origin);
      address.search = new URLSearchParams(this.getAttribute("answers") ?? "");
      return address.href;
    }

    // The top of each page after the first comes into view.
    scrollToTop() {
      const isAbove = this.frame.getBoundingClientRect().top < 0;
      if (this.hasLoaded && isAbove) this.frame.scrollIntoView();
      this.hasLoaded = true;
    }

    // The first height that the form sends removes what stood in its place (a link). Where this site
    // may not frame the form, no height comes and the link stays.
    handleEvent({ origin: sender, source, data }) {
      if (sender !== origin || source !== this.frame.contentWindow) return;
      if (data?.type !== "pix-diagnostic" || !Number.isFinite(data.height)) return;
      this.frame.style.height = `${Math.max(data.height, 160)}px`;
      for (const node of [...this.childNodes]) if (node !== this.frame) node.remove();
    }
  }

  customElements.get("pix-diagnostic") ?? customElements.define("pix-diagnostic", PixDiagnostic);
}
