// On the page of a guide whose stops are on several pages, opens the one with the place that a link names.
// Without this file, the link leads to the first of these pages.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = decodeURIComponent(location.hash.slice(1));
  const address = new URL(location.href);
  const isLong = document.getElementById("etapes-page") !== null;
  const isSought = address.searchParams.get("voir") === place;
  if (!place || !isLong || isSought || document.getElementById(place)) return;
  address.searchParams.delete("etapes_from");
  address.searchParams.set("voir", place);
  location.replace(address);
});
