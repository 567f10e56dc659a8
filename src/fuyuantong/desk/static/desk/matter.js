// The act panel beyond plain forms: drafts kept by themselves, uploads with progress, a long list of organs narrowed.
"use strict";

const QUIET = 3000, OFTEN = 30000;
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

// Drafts: what was typed is kept when one pauses, and when one leaves.
document.querySelectorAll("form[data-draft]").forEach((form) => {
  let changedAt = 0, savedAt = 0;
  const told = form.querySelector("[data-draft-told]");
  const draft = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("do", "draft");
    data.set("silently", "yes");
    return data;
  };
  const save = async () => {
    savedAt = Date.now();
    const answer = await fetch(form.action, { method: "POST", body: draft(), credentials: "same-origin" });
    if (answer.ok) document.body.dispatchEvent(new Event("draft-kept"));
    told.textContent = answer.ok ? await answer.text() : "草稿尚未保存：有内容填写有误";
  };
  form.addEventListener("input", (event) => { if (event.target.name !== "sure") changedAt = Date.now(); });
  form.addEventListener("submit", () => { changedAt = 0; });
  setInterval(() => {
    const now = Date.now();
    if (changedAt > savedAt && now - changedAt > QUIET && now - savedAt > OFTEN) save();
  }, 1000);
  window.addEventListener("pagehide", () => {
    if (changedAt > savedAt) navigator.sendBeacon(form.action, draft());
  });
});

// Uploads: each file goes up as soon as it is chosen, and stays when the form comes back.
const pending = new Map();
const send = (input, file) => new Promise((done) => {
  const line = document.createElement("p"), bar = document.createElement("progress");
  line.append(file.name + " ", bar);
  bar.max = 1;
  input.before(line);
  const data = new FormData(), request = new XMLHttpRequest();
  data.append("file", file);
  data.append("csrfmiddlewaretoken", token());
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  request.addEventListener("loadend", () => {
    done();
    bar.remove();
    if (request.status !== 200) {
      line.className = "field-error";
      line.textContent = `${file.name}：${request.responseText || "没有传上去，请重试"}`;
      return;
    }
    const kept = JSON.parse(request.responseText);
    const box = document.createElement("input"), label = document.createElement("label"), name = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: input.name, value: kept.digest, checked: true, className: "form-check-input" });
    Object.assign(name, { type: "hidden", name: `name:${kept.digest}`, value: kept.name });
    label.className = "form-check";
    label.append(box, `${kept.name}（已上传）`);
    line.replaceWith(label, name);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  request.open("POST", input.dataset.upload);
  request.send(data);
});
document.querySelectorAll("input[type=file][data-upload]").forEach((input) => {
  input.addEventListener("change", () => {
    const before = pending.get(input.form) ?? [];
    pending.set(input.form, [...before, ...[...input.files].map((file) => send(input, file))]);
    input.value = "";
  });
});
document.addEventListener("submit", (event) => {
  const form = event.target, going = pending.get(form);
  if (!going) return;
  // what is still on its way up comes along: the form waits for it, and until this very event is over
  event.preventDefault();
  event.stopImmediatePropagation();
  Promise.all(going).then(() => {
    pending.delete(form);
    setTimeout(() => form.requestSubmit(event.submitter));
  });
}, true);

// Organs: narrow a long list by what is typed; what is chosen stays in sight.
document.querySelectorAll(".organ-picker").forEach((picker) => {
  const labels = [...picker.querySelectorAll("label")];
  if (labels.length < 12) return;
  const find = document.createElement("input");
  Object.assign(find, { type: "search", className: "form-control organ-find", placeholder: "输入名称查找单位" });
  find.setAttribute("aria-label", `查找${picker.querySelector("legend").textContent}`);
  find.addEventListener("input", (event) => {
    event.stopPropagation();
    labels.forEach((label) => {
      label.hidden = !label.textContent.includes(find.value.trim()) && !label.querySelector("input").checked;
    });
  });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  picker.before(find);
});
