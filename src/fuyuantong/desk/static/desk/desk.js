// What pages do beyond plain links and forms; everything works without it.
"use strict";

// A menu closes when one looks elsewhere, or presses Escape.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Printing is offered where there is a script to do it; the browser's own menu prints as well.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A sealed value that was shown is covered again after a while.
document.querySelectorAll("[data-conceal]").forEach((box) => {
  const told = box.querySelector("[data-conceal-left]");
  const end = Date.now() + 1000 * Number(box.dataset.conceal);
  const timer = setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000);
    told.textContent = `${left} 秒后自动遮盖。`;
    if (left > 0) return;
    clearInterval(timer);
    box.textContent = "已遮盖。需要再看的，请重新写明用途。";
  }, 1000);
});

// a choice that says with what a form begins brings it at once; without script its button does
document.querySelectorAll("button[data-begin]").forEach((button) => {
  const select = button.parentElement.querySelector("select");
  select?.addEventListener("change", () => select.value && button.form.requestSubmit(button));
});
