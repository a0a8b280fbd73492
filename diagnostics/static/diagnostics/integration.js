// <pix-diagnostic guide="slug" answers="question=choice&...">: the form, in a frame that is as high
// as what it shows. Other sites load this file, in any encoding; /integration/ tells them how.
//
// The frame has no sandbox: a page that runs this script trusts its origin already, and the form
// needs what a sandbox would take away (printing, downloads, new tabs).
"use strict";

{
  const { origin } = new URL(document.currentScript.src);

  class PixDiagnostic extends HTMLElement {
    connectedCallback() {
      this.frame ??= this.appendChild(this.newFrame());
      window.addEventListener("message", this);
    }

    disconnectedCallback() {
      window.removeEventListener("message", this);
    }

    newFrame() {
      const frame = document.createElement("iframe");
      frame.title = "Diagnostic guid\u00e9 pour Pix";
      frame.loading = "lazy";
      frame.allow = "clipboard-write"; // what the form gives to copy
      Object.assign(frame.style, { display: "block", width: "100%", height: "0", border: "0" });
      frame.addEventListener("load", () => this.show());
      frame.src = this.address();
      return frame;
    }

    address() {
      const guide = this.getAttribute("guide");
      const address = new URL(guide ? `/${encodeURIComponent(guide)}/` : "/", origin);
      address.search = new URLSearchParams(this.getAttribute("answers") ?? "");
      return address.href;
    }

    // A new page begins at its top, which may be far above what one was looking at.
    show() {
      const isAbove = this.frame.getBoundingClientRect().top < 0;
      if (this.begun && isAbove) this.frame.scrollIntoView();
      this.begun = true;
    }

    // What stands for the form (a link) goes when the form tells its first height. Where this
    // site may not frame it, nothing is told and the link stays.
    handleEvent({ origin: sender, source, data }) {
      if (sender !== origin || source !== this.frame.contentWindow) return;
      if (data?.type !== "pix-diagnostic" || !Number.isFinite(data.height)) return;
      this.frame.style.height = `${Math.max(data.height, 160)}px`;
      for (const node of [...this.childNodes]) if (node !== this.frame) node.remove();
    }
  }

  customElements.get("pix-diagnostic") ?? customElements.define("pix-diagnostic", PixDiagnostic);
}
