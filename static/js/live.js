/* Numbers that are told while one looks: asked for anew every ten seconds, while the page is in sight. */
(() => {
  "use strict";
  const part = document.querySelector("[data-live]");
  if (!part) return;
  const EVERY = 10000;

  const renew = async () => {
    if (document.hidden || part.contains(document.activeElement)) return;
    try {
      const answer = await fetch(part.dataset.live, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) part.innerHTML = await answer.text();
    } catch {
      /* Without a network the last numbers stay, with the time they are of. */
    }
  };

  setInterval(renew, EVERY);
})();
