// Text and tasks of a plan: what belongs together lights up, and a decision needs no new page. All works without it.
"use strict";

const narrow = window.matchMedia("(max-width: 991px)");
const text = document.querySelector("[data-fold]");
if (text && narrow.matches && !location.hash.match(/^#[sw]/)) text.open = false;

// Light what belongs together, and bring it into view.
const light = (found) => {
  document.querySelectorAll(".is-lit").forEach((one) => one.classList.remove("is-lit"));
  found.forEach((one) => one.classList.add("is-lit"));
};
const show = (one) => {
  if (!one) return;
  if (text && text.contains(one)) text.open = true;
  one.scrollIntoView({ block: "center", behavior: "auto" });
};
const byIds = (ids) => ids.map((id) => document.getElementById(id)).filter(Boolean);
const sentencesOf = (id) => [...document.querySelectorAll(`.sentence[data-tasks~="${id}"]`)];

document.addEventListener("click", (event) => {
  const sentence = event.target.closest("a.sentence[href^='#']");
  if (sentence) {
    event.preventDefault();
    const tasks = byIds(sentence.dataset.tasks.split(" "));
    light([sentence, ...tasks]);
    show(tasks[0]);
    if (tasks[0]) tasks[0].focus({ preventScroll: true });
    return;
  }
  const way = event.target.closest("a[data-go]");
  const there = way && document.getElementById(way.hash.slice(1));
  if (!there) return;
  event.preventDefault();
  const task = way.closest(".task") || there.closest(".task");
  light(task ? [...sentencesOf(task.id), task, there] : [there]);
  show(there);
});

// Words chosen in the text become a task.
const pick = document.getElementById("pick");
const words = document.querySelector(".plan-words");
const placeOf = (node, offset) => {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const sentence = element && element.closest(".sentence[data-at]");
  if (!sentence) return null;
  const before = document.createRange();
  before.selectNodeContents(sentence);
  before.setEnd(node, offset);
  const breaks = before.cloneContents().querySelectorAll("br").length;
  return Number(sentence.dataset.at) + before.toString().length + breaks;
};
if (pick && words) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    pick.hidden = true;
    if (!chosen.rangeCount || chosen.isCollapsed || !words.contains(chosen.anchorNode)) return;
    const range = chosen.getRangeAt(0);
    const from = placeOf(range.startContainer, range.startOffset);
    const to = placeOf(range.endContainer, range.endOffset);
    if (from === null || to === null || to <= from) return;
    pick.elements.at.value = from;
    pick.elements.to.value = to;
    pick.hidden = false;
  });
}

// A decision replaces what it changed; when that fails the form is sent as it is without script.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-act]");
  if (!button || button.disabled) return;
  event.preventDefault();
  const form = button.form;
  const body = new FormData(form);
  body.delete("row");
  body.set(button.name, button.value);
  button.disabled = true;
  const card = button.closest(".task");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = document.getElementById("told");
    if (answer.status === 422) {
      told.replaceWith(page.getElementById("told"));
      document.getElementById("told").scrollIntoView({ block: "center" });
    } else if (answer.ok && page.getElementById("bar")) {
      told.replaceChildren();
      page.querySelectorAll("#bar, .chapter-head, .task").forEach((fresh) => {
        const old = document.getElementById(fresh.id);
        if (old) old.replaceWith(fresh);
      });
      const same = card && document.getElementById(card.id);
      if (same) same.focus({ preventScroll: true });
      return;
    } else {
      location.reload();
      return;
    }
  } catch (error) {
    button.disabled = false;
    form.requestSubmit(button);
    return;
  }
  button.disabled = false;
});
