/* The library's list answers each tick at once; without this, its button does. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-live-list]");
  if (!form) return;
  let asked = 0;
  // Which list is on the screen, without the part behind #: links within the page change that alone.
  const here = () => location.pathname + location.search;
  let shown = here();

  const address = (pressed) => {
    const query = new URLSearchParams();
    new FormData(form).forEach((value, key) => { if (value) query.append(key, value); });
    if (pressed && pressed.name) query.append(pressed.name, pressed.value);
    if (query.get("sap-xep") === "moi-nhat") query.delete("sap-xep");
    const text = query.toString();
    return form.getAttribute("action") + (text ? `?${text}` : "");
  };

  const show = async (url, isNew = true) => {
    const number = ++asked;
    const parts = form.querySelectorAll("[data-live-part]");
    parts.forEach((part) => part.setAttribute("aria-busy", "true"));
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (number !== asked) return;
      const focus = document.activeElement && document.activeElement.id;
      const folds = new Map([...form.querySelectorAll("details")].map((part) => [part.querySelector("summary").textContent, part.open]));
      parts.forEach((part) => part.replaceWith(page.getElementById(part.id)));
      form.querySelectorAll("details").forEach((part) => {
        const open = folds.get(part.querySelector("summary").textContent);
        if (open !== undefined) part.open = open;
      });
      if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
      if (isNew) history.pushState(null, "", url);
      shown = here();
    } catch {
      if (isNew) location.assign(url);
      else location.reload();
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox], select")) show(address());
  });
  // Back and forward walk through what was asked; words and order stand outside the parts that are replaced.
  addEventListener("popstate", () => {
    if (here() === shown) return;
    shown = here();
    const query = new URLSearchParams(location.search);
    form.elements.q.value = query.get("q") || "";
    const order = form.elements["sap-xep"];
    if (order) order.value = query.get("sap-xep") || "moi-nhat";
    show(shown, false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address(event.submitter));
    document.getElementById("ket-qua").scrollIntoView({ block: "nearest" });
  });
})();
