// What the ledger does beyond plain links and forms; everything works without it.
"use strict";

const allOf = (box) => box.closest("table").querySelectorAll("tbody .pick input");

// One tick chooses the whole page.
const showAll = () => document.querySelectorAll("[data-all]").forEach((box) => { box.hidden = false; });
document.addEventListener("DOMContentLoaded", showAll);
document.addEventListener("htmx:afterSwap", showAll);
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-all]")) return;
  allOf(event.target).forEach((box) => { box.checked = event.target.checked; });
});

// What is saved as a view is the list as it stands now.
document.addEventListener("htmx:afterSwap", () => {
  const found = document.getElementById("found");
  document.querySelectorAll("input[data-here]").forEach((input) => { input.value = found.dataset.here; });
});

// The page for paper goes to the printer.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
});
