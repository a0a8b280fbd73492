// Shows the picture of a guide beside the guide's page, once the window is wide enough for both.
// Without this file, a link leads to the picture.
"use strict";

function showPictureBeside() {
  const place = document.querySelector(".picture-beside");
  const link = place?.querySelector("a");
  if (!place || !link) return;
  const wide = matchMedia("(min-width: 1600px)"); // as in picture.css
  const show = async () => {
    if (!wide.matches) return;
    wide.removeEventListener("change", show);
    const response = await fetch(link.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const drawing = page.querySelector(".picture-frame");
    if (!drawing) return;
    for (const arrow of drawing.querySelectorAll("a[href*='#']")) {
      const anchor = arrow.getAttribute("href")?.split("#")[1];
      if (anchor && document.getElementById(anchor)) arrow.setAttribute("href", `#${anchor}`);
    }
    place.append(drawing);
    place.parentElement?.append(place); // with the keyboard, the links of the picture come last
  };
  wide.addEventListener("change", show);
  show();
}

document.addEventListener("DOMContentLoaded", showPictureBeside);
document.addEventListener("page:replaced", showPictureBeside);
