/* An achievement report as it is written: saved as one types, the check beside it told anew each time. */
(() => {
  "use strict";
  const form = document.getElementById("award");
  if (!form) return;
  const state = form.querySelector("[data-saved]");
  const checks = document.querySelector("[data-checks]");
  const store = `award:${form.dataset.award}`;
  const PAUSE = 900;
  const AGAIN = 15000;
  let timer = 0;
  let busy = false;
  let again = false;
  let closed = false;

  const show = (text, wrong = false) => {
    state.textContent = text;
    state.classList.toggle("is-wrong", wrong);
  };
  const version = () => form.elements.namedItem("version");
  const fields = () => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit");
  const keep = () => {
    try {
      const typed = fields().map((one) => [one.name, one.value]);
      localStorage.setItem(store, JSON.stringify({ version: version().value, typed }));
    } catch { /* A device without room still saves to the server. */ }
  };
  const forget = () => {
    try { localStorage.removeItem(store); } catch { /* nothing was kept */ }
  };
  const mark = (problems) => {
    form.querySelectorAll("[data-told]").forEach((one) => one.remove());
    Object.entries(problems).forEach(([name, said]) => {
      const place = form.elements.namedItem(name)?.closest(".field");
      if (!place) return;
      const line = document.createElement("p");
      line.className = "field__error";
      line.dataset.told = "";
      line.textContent = `⚠ ${said}`;
      place.append(line);
    });
  };

  const send = async () => {
    if (closed) return;
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    show("Đang lưu…");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        show("Phiên đăng nhập đã hết. Bấm Lưu để đăng nhập lại; chữ đã gõ vẫn còn.", true);
        return;
      }
      const told = await answer.json();
      if (told.closed || told.stale) {
        closed = true;
        show(told.closed || told.stale, true);
        return;
      }
      mark(told.problems || {});
      if (told.problems) { show("Có ô chưa đúng: xem chỗ được đánh dấu.", true); return; }
      version().value = told.version;
      checks.innerHTML = told.checks;
      form.querySelector("[data-sum]").innerHTML = told.sum;
      if (!again) forget();
      show(`Đã lưu lúc ${told.at}`);
    } catch {
      show("Mất mạng. Chữ đã gõ được giữ trên máy này và sẽ tự lưu lại.", true);
      timer = setTimeout(send, AGAIN);
    } finally {
      busy = false;
      if (again) send();
    }
  };
  const later = () => {
    keep();
    show("Chưa lưu…");
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };

  form.addEventListener("input", later);
  addEventListener("online", () => { if (localStorage.getItem(store)) send(); });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (busy) {
      /* The answer under way brings the version that this sending needs. */
      event.preventDefault();
      const { submitter } = event;
      setTimeout(() => form.requestSubmit(submitter), 150);
      return;
    }
    forget();
  });
  try {
    /* Kept from a lost connection: only on top of the very version it was typed on. */
    const left = JSON.parse(localStorage.getItem(store) || "null");
    if (left && left.version === version().value) {
      left.typed.forEach(([name, value]) => {
        const one = form.elements.namedItem(name);
        if (one) one.value = value;
      });
      show("Đã lấy lại chữ chưa kịp lưu trên máy này.");
      later();
    } else forget();
  } catch { forget(); }
})();
