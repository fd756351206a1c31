/* A report as it is filled in: each row saved by itself as one types; what another has saved meanwhile is shown
   beside it; what could not be sent stays on this device until it can. */
(() => {
  "use strict";
  const form = document.getElementById("report");
  if (!form) return;
  const state = form.querySelector("[data-saved]");
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  const store = `report:${form.dataset.report}`;
  const PAUSE = 900;
  const AGAIN = 15000;
  const rows = new Map();
  let unsent = {};
  try { unsent = JSON.parse(localStorage.getItem(store) || "{}"); } catch { /* nothing was kept */ }

  const show = (text, wrong = false) => {
    state.textContent = text;
    state.classList.toggle("is-wrong", wrong);
  };
  const keep = () => {
    try {
      if (Object.keys(unsent).length) localStorage.setItem(store, JSON.stringify(unsent));
      else localStorage.removeItem(store);
    } catch { /* A device without room still saves to the server. */ }
  };
  const fields = (box) => [...box.querySelectorAll("input, textarea, select")].filter((one) => one.name);
  const version = (box) => form.elements.namedItem(`${box.dataset.row}-version`);
  const typed = (box) => {
    const told = [];
    fields(box).forEach((one) => {
      if ((one.type !== "checkbox" || one.checked) && one.type !== "hidden") told.push([one.name, one.value]);
    });
    return told;
  };
  const say = (box, lines) => {
    const place = box.querySelector("[data-said]");
    place.replaceChildren(...lines.map((text) => {
      const line = document.createElement("p");
      line.className = "field__error";
      line.textContent = `⚠ ${text}`;
      return line;
    }));
    box.classList.toggle("told--wrong", lines.length > 0);
  };
  const put = (box, told) => {
    fields(box).forEach((one) => {
      if (one.type === "hidden") return;
      const part = one.name.slice(box.dataset.row.length + 1);
      if (one.type === "checkbox") one.checked = Boolean(told[part]);
      else one.value = told[part] ?? "";
    });
  };

  /* Another has saved this row: both texts in sight, and one decides. */
  const clash = (box, other) => {
    const place = box.querySelector("[data-said]");
    const note = document.createElement("div");
    note.className = "problem";
    const words = document.createElement("p");
    const who = document.createElement("b");
    who.textContent = `${other.by} vừa sửa dòng này. `;
    words.append(who, `Bản của họ: “${other.words}”. Bản của bạn vẫn ở trên.`);
    const theirs = document.createElement("button");
    theirs.type = "button";
    theirs.className = "button button--quiet button--small";
    theirs.textContent = "Lấy bản của họ";
    theirs.addEventListener("click", () => {
      put(box, other.fields);
      version(box).value = other.version;
      delete unsent[box.dataset.row];
      keep();
      say(box, []);
      show("Đã lấy bản của người kia.");
    });
    const mine = document.createElement("button");
    mine.type = "button";
    mine.className = "button button--small";
    mine.textContent = "Giữ bản của tôi";
    mine.addEventListener("click", () => {
      version(box).value = other.version;
      say(box, []);
      send(box);
    });
    const acts = document.createElement("p");
    acts.className = "acts-bar";
    acts.append(theirs, " ", mine);
    note.append(words, acts);
    place.replaceChildren(note);
    show("Có dòng người khác vừa sửa: xem và chọn.", true);
  };

  const send = async (box) => {
    const row = rows.get(box);
    if (row.busy) { row.again = true; return; }
    row.busy = true;
    row.again = false;
    const name = box.dataset.row;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token);
    body.append("row", name);
    body.append(`${name}-version`, version(box).value);
    typed(box).forEach(([key, value]) => body.append(key, value));
    show("Đang lưu…");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual" });
      if (answer.type === "opaqueredirect") {
        show("Phiên đăng nhập đã hết. Bấm Lưu để đăng nhập lại; chữ đã gõ vẫn còn.", true);
        return;
      }
      const told = await answer.json();
      if (told.closed) { show(told.closed, true); return; }
      if (told.stale) { clash(box, told.stale); return; }
      const problems = Object.values(told.problems || {});
      say(box, problems);
      if (problems.length) { show("Có dòng chưa lưu được: xem chỗ được đánh dấu.", true); return; }
      version(box).value = told.version;
      if (!row.again) delete unsent[name];
      keep();
      show(`Đã lưu lúc ${told.at}`);
    } catch {
      show("Mất mạng. Chữ đã gõ được giữ trên máy này và sẽ tự lưu lại.", true);
      row.timer = setTimeout(() => send(box), AGAIN);
    } finally {
      row.busy = false;
      if (row.again) send(box);
    }
  };

  const later = (box) => {
    const row = rows.get(box);
    unsent[box.dataset.row] = { version: version(box).value, typed: typed(box) };
    keep();
    show("Chưa lưu…");
    clearTimeout(row.timer);
    row.timer = setTimeout(() => send(box), PAUSE);
  };

  form.querySelectorAll("[data-row]").forEach((box) => {
    rows.set(box, { timer: 0, busy: false, again: false });
    box.addEventListener("input", () => later(box));
    const left = unsent[box.dataset.row];
    if (!left) return;
    /* Kept from a lost connection: only on top of the very version it was typed on. */
    if (left.version !== version(box).value) { delete unsent[box.dataset.row]; keep(); return; }
    const told = Object.fromEntries(left.typed.map(([key, value]) => [key.slice(box.dataset.row.length + 1), value]));
    put(box, told);
    box.closest("details")?.setAttribute("open", "");
    show("Đã lấy lại chữ chưa kịp lưu trên máy này.");
    later(box);
  });
  addEventListener("online", () => {
    rows.forEach((row, box) => { if (unsent[box.dataset.row]) send(box); });
  });
  form.addEventListener("submit", (event) => {
    const busy = [...rows.values()].some((row) => row.busy);
    rows.forEach((row) => clearTimeout(row.timer));
    if (busy) {
      /* The answer under way brings the version that this sending needs. */
      event.preventDefault();
      const { submitter } = event;
      setTimeout(() => form.requestSubmit(submitter), 150);
      return;
    }
    try { localStorage.removeItem(store); } catch { /* nothing was kept */ }
  });
  const aim = location.hash && document.getElementById(location.hash.slice(1));
  aim?.closest("details")?.setAttribute("open", "");
})();
