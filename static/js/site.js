/* Comfort on top of pages that work without it: sharing, copying, printing, search suggestions. */
(() => {
  "use strict";
  const all = (selector) => document.querySelectorAll(selector);
  const say = (text) => all("[data-said]").forEach((place) => { place.textContent = text; });

  all("[data-share]").forEach((button) => {
    if (!navigator.share) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: button.dataset.title, url: button.dataset.url }).catch(() => {});
    });
  });

  all("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(field.value);
        say("Đã chép.");
      } catch {
        field.closest("details")?.setAttribute("open", "");
        field.select();
        say(document.execCommand("copy") ? "Đã chép." : "Hãy chép đoạn chữ đang được chọn.");
      }
    });
  });

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  all("details.menu").forEach((menu) => {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  all("input[data-suggest]").forEach((input) => {
    const list = document.createElement("datalist");
    list.id = `${input.id}-goi-y`;
    input.after(list);
    input.setAttribute("list", list.id);
    let timer = 0;
    let last = "";
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const typed = input.value.trim();
        if (typed.length < 2 || typed === last) return;
        last = typed;
        try {
          const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
          const { titles } = await answer.json();
          if (typed !== last) return;
          list.replaceChildren(...titles.map((title) => {
            const option = document.createElement("option");
            option.value = title;
            return option;
          }));
        } catch {
          /* No suggestions without a network: the form itself still works. */
        }
      }, 200);
    });
  });

  // Counted once somebody has really had the page before him for a second.
  all("[data-count]").forEach((place) => {
    let timer = 0;
    let told = false;
    const tell = async () => {
      told = true;
      const what = new URLSearchParams({ what: place.dataset.count });
      try {
        const answer = await fetch("/dem/", { method: "POST", body: what, keepalive: true, credentials: "same-origin" });
        if (answer.status !== 200) return;
        const { views } = await answer.json();
        place.querySelector("[data-views]").textContent = views.toLocaleString("vi-VN");
      } catch {
        /* Not counted without a network. */
      }
    };
    const watch = () => {
      clearTimeout(timer);
      if (!told && document.visibilityState === "visible" && !document.prerendering) timer = setTimeout(tell, 1000);
    };
    document.addEventListener("visibilitychange", watch);
    document.addEventListener("prerenderingchange", watch);
    watch();
  });
})();
