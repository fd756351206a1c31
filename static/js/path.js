/* Ticks of a learner on the steps of a path: kept on this device alone. Without this the page is complete. */
(() => {
  "use strict";
  const path = document.querySelector("[data-path]");
  if (!path || !path.dataset.path) return;
  const place = `lo-trinh:${path.dataset.path}`;
  const steps = [...path.querySelectorAll("[data-step]")];
  const told = path.querySelector("[data-progress]");
  const forget = path.querySelector("[data-forget]");
  if (!steps.length || !told) return;

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(place) || "[]");
      return new Set(Array.isArray(kept) ? kept : []);
    } catch {
      return null;
    }
  };
  const write = (done) => {
    try {
      if (done.size) localStorage.setItem(place, JSON.stringify([...done]));
      else localStorage.removeItem(place);
    } catch {
      told.querySelector("[data-progress-words]").textContent = "Trình duyệt này không cho lưu tiến độ.";
    }
  };
  const box = (step) => step.querySelector("[data-done] input");

  const show = (done) => {
    let next = null;
    let count = 0;
    steps.forEach((step) => {
      const has = done.has(step.dataset.step);
      box(step).checked = has;
      step.classList.toggle("step--done", has);
      count += has ? 1 : 0;
      if (!has && !next) next = step;
    });
    steps.forEach((step) => {
      step.querySelector("[data-next]").hidden = step !== next;
      if (step === next) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    });
    told.querySelector("progress").value = count;
    told.querySelector("[data-progress-words]").textContent = next
      ? `Đã học xong ${count} trong ${steps.length} bước. Tiếp theo: ${next.dataset.name}.`
      : `Đã học xong cả ${steps.length} bước.`;
    forget.hidden = count === 0;
  };

  const first = read();
  // A browser that keeps nothing gets no boxes that would promise it.
  if (!first) return;
  told.hidden = false;
  steps.forEach((step) => {
    step.querySelector("[data-done]").hidden = false;
    box(step).addEventListener("change", (event) => {
      const done = read() || new Set();
      if (event.target.checked) done.add(step.dataset.step);
      else done.delete(step.dataset.step);
      show(done);
      write(done);
    });
  });
  forget.querySelector("button").addEventListener("click", () => {
    const none = new Set();
    show(none);
    write(none);
    told.querySelector("[data-progress-words]").textContent = "Đã xóa tiến độ trên máy này.";
    box(steps[0]).focus();
  });
  // The same path in two windows shows the same.
  addEventListener("storage", (event) => { if (event.key === place) show(read() || new Set()); });
  show(first);
})();
