// Security keys (WebAuthn): a button asks the key what the page brought, and sends its answer with the form.
"use strict";

(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  function asked(options) {
    const wanted = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (wanted.user) wanted.user = { ...wanted.user, id: bytes(wanted.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (wanted[list]) wanted[list] = wanted[list].map((known) => ({ ...known, id: bytes(known.id) }));
    }
    return { publicKey: wanted };
  }

  function answered(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  }

  async function ask(form) {
    const data = JSON.parse(document.getElementById("security-key-data").textContent);
    const error = form.querySelector("[data-security-key-error]");
    error.hidden = true;
    try {
      const credential =
        form.dataset.securityKey === "create"
          ? await navigator.credentials.create(asked(data.creation_options))
          : await navigator.credentials.get(asked(data.request_options));
      form.elements.credential.value = answered(credential);
      form.submit();
    } catch (fault) {
      error.textContent = navigator.credentials
        ? "没有完成：密钥未插入、已取消或超时，请再试一次。"
        : "此浏览器或网址不支持安全密钥（须为 HTTPS），请改用其他方式。";
      error.hidden = false;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-security-key]").forEach((form) => {
      form.querySelector("[data-security-key-button]").addEventListener("click", () => ask(form));
    });
  });
})();
