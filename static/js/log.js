/* The screen of the log: saved as one types, photos sent one by one, rows added in place, nothing lost on the way. */
(() => {
  "use strict";
  const form = document.getElementById("log");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const state = form.querySelector("[data-saved]");
  const shots = form.querySelector("[data-shots]");
  const said = form.querySelector("[data-upload-said]");
  const store = () => `log:${field("pk").value || "new"}`;
  const PAUSE = 1200;
  let timer = 0;
  let saving = null;
  let dirty = false;

  const show = (text, wrong = false) => {
    state.textContent = text;
    state.classList.toggle("is-wrong", wrong);
  };

  /* What is typed, without files, secrets and the page's own numbers. */
  const SKIPPED = ["csrfmiddlewaretoken", "key", "pk", "version"];
  const typed = () => {
    const data = new FormData(form);
    return [...data.entries()].filter(([name, value]) => typeof value === "string" && !SKIPPED.includes(name));
  };
  const keep = () => {
    try {
      const words = { key: field("key").value, version: field("version").value, typed: typed() };
      localStorage.setItem(store(), JSON.stringify(words));
    } catch { /* A telephone without room still saves to the server. */ }
  };
  const forget = (name = store()) => {
    try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
  };

  const mark = (problems) => {
    form.querySelectorAll(".field__error[data-live]").forEach((line) => line.remove());
    form.querySelectorAll(".field--wrong[data-live]").forEach((box) => {
      box.classList.remove("field--wrong");
      delete box.dataset.live;
    });
    Object.entries(problems).forEach(([name, text]) => {
      const box = field(name)?.closest?.(".field");
      if (!box || box.querySelector(".field__error")) return;
      const line = document.createElement("p");
      line.className = "field__error";
      line.dataset.live = "1";
      line.textContent = `⚠ ${text}`;
      box.classList.add("field--wrong");
      box.dataset.live = "1";
      box.append(line);
    });
  };

  const begun = (told) => {
    if (field("pk").value) return;
    const before = store();
    field("pk").value = told.pk;
    forget(before);
    const address = `${form.dataset.home}${told.pk}/sua/`;
    form.action = address;
    history.replaceState(null, "", address);
  };

  const send = async () => {
    dirty = false;
    const body = new FormData(form);
    ["camera", "photos", "paper"].forEach((name) => body.delete(name));
    show("Đang lưu…");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        show("Phiên đăng nhập đã hết. Bấm Lưu để đăng nhập lại; những gì đã gõ vẫn còn.", true);
        return false;
      }
      const told = await answer.json();
      mark(told.problems || {});
      if (told.stale) {
        show("Người khác vừa sửa. Bấm Lưu để xem cả hai bản.", true);
        return false;
      }
      if (!told.pk) {
        show("Chưa lưu được: xem phần được đánh dấu.", true);
        return false;
      }
      begun(told);
      field("version").value = told.version;
      const wrong = Object.keys(told.problems).length;
      show(wrong ? `Đã lưu lúc ${told.at}, trừ phần được đánh dấu` : `Đã lưu lúc ${told.at}`, Boolean(wrong));
      if (!dirty && !wrong) forget();
      return true;
    } catch {
      show("Mất mạng. Những gì đã gõ được giữ trên máy này và sẽ tự lưu lại.", true);
      timer = setTimeout(save, 15000);
      return false;
    }
  };

  /* One at a time: a second saving waits for the first, and knows its version. */
  const save = () => {
    clearTimeout(timer);
    const run = () => send().finally(() => { if (saving === mine) saving = null; });
    const mine = saving ? saving.then(run) : run();
    saving = mine;
    return mine;
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    dirty = true;
    keep();
    show("Chưa lưu…");
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  addEventListener("online", () => { if (dirty || state.classList.contains("is-wrong")) save(); });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    /* The answer under way brings the version that this sending needs. */
    event.preventDefault();
    const { submitter } = event;
    saving.finally(() => form.requestSubmit(submitter));
  });

  /* What a lost connection or an ended session left on this device. */
  const back = () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(store()) || "null"); } catch { return; }
    if (!kept || (field("pk").value && kept.version !== field("version").value)) { forget(); return; }
    const lines = kept.typed.filter(([name]) => /^p-\d+-who$/.test(name)).length;
    while (form.querySelectorAll('[data-rows="p"] .log__row').length < lines) addRow("p");
    let changed = false;
    const named = new Map();
    kept.typed.forEach(([name, value]) => named.set(name, [...(named.get(name) || []), value]));
    named.forEach((values, name) => {
      form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((one) => {
        if (one.type === "hidden") return;
        if (one.type === "checkbox" || one.type === "radio") {
          const on = values.includes(one.value);
          changed = changed || one.checked !== on;
          one.checked = on;
        } else if (one.value !== values[0]) {
          changed = true;
          [one.value] = values;
        }
      });
    });
    if (!field("pk").value && kept.key) field("key").value = kept.key;
    if (!changed) { forget(); return; }
    form.querySelectorAll("details").forEach((part) => { part.open = true; });
    show("Đã lấy lại những gì chưa kịp lưu trên máy này.");
    timer = setTimeout(save, PAUSE);
  };

  const addRow = (prefix) => {
    const total = field(`${prefix}-TOTAL_FORMS`);
    const html = form.querySelector(`template[data-row="${prefix}"]`).innerHTML.replaceAll("__prefix__", total.value);
    const place = form.querySelector(`[data-rows="${prefix}"]`);
    place.insertAdjacentHTML("beforeend", html);
    total.value = Number(total.value) + 1;
    return place.lastElementChild;
  };
  form.querySelectorAll("[data-add]").forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      addRow(button.dataset.add).querySelector("input").focus();
    });
  });

  const tell = (text, refused = false) => {
    const line = document.createElement("li");
    line.textContent = text;
    line.classList.toggle("is-refused", refused);
    said.append(line);
    return line;
  };
  const place = (told) => {
    const link = document.createElement("a");
    link.className = "shot";
    link.href = told.url;
    link.dataset.piece = told.pk;
    if (told.thumb) {
      const picture = document.createElement("img");
      picture.className = "shot__picture";
      picture.src = told.thumb;
      picture.alt = told.title;
      link.append(picture);
    } else {
      const paper = document.createElement("span");
      paper.className = "shot__paper";
      paper.textContent = "PDF";
      link.append(paper);
    }
    const name = document.createElement("span");
    name.className = "shot__name";
    name.textContent = told.title;
    link.append(name);
    if (!shots.querySelector(`[data-piece="${told.pk}"]`)) shots.append(link);
  };
  const upload = async (file, kind) => {
    const line = tell(`${file.name}: đang gửi…`);
    const body = new FormData();
    body.append("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
    body.append("key", crypto.randomUUID ? crypto.randomUUID() : "");
    body.append("kind", kind);
    body.append("file", file);
    const address = `${form.dataset.home}${field("pk").value}/minh-chung/`;
    for (let trial = 1; trial <= 3; trial += 1) {
      try {
        const answer = await fetch(address, { method: "POST", body, redirect: "manual" });
        if (answer.type === "opaqueredirect") throw new Error("signed out");
        const told = await answer.json();
        if (told.problem) {
          line.textContent = `${file.name}: ${told.problem}`;
          line.classList.add("is-refused");
        } else {
          line.remove();
          place(told);
        }
        return;
      } catch {
        line.textContent = `${file.name}: mạng yếu, đang thử lại (${trial}/3)…`;
        await new Promise((done) => { setTimeout(done, 2000 * trial); });
      }
    }
    line.textContent = `${file.name}: chưa gửi được. Khi có mạng, hãy chọn lại ảnh này.`;
    line.classList.add("is-refused");
  };
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.addEventListener("change", async () => {
      const files = [...input.files];
      const kind = input.dataset.kind || field(input.dataset.kindFrom).value;
      if (!files.length) return;
      if (!field("pk").value && !(await save())) {
        tell("Hãy sửa phần được đánh dấu rồi chọn lại ảnh.", true);
        return;
      }
      input.value = "";
      for (const file of files) await upload(file, kind);
    });
  });

  back();
})();
