// Printing needs a script; without one the browser's own menu prints the page just as well.
const button = document.getElementById("imprimer");
button.hidden = false;
button.addEventListener("click", () => window.print());
