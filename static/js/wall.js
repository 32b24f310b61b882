/* Wall screen: pages turn; after a full turn the whole screen is fetched again, and kept when that fails. */
(() => {
  "use strict";
  const wall = document.getElementById("wall");
  const stale = document.querySelector("[data-wall-stale]");
  const place = document.querySelector("[data-wall-turn]");
  const seconds = Number(document.body.dataset.turn) || 15;
  let at = 0;
  const pages = () => [...wall.querySelectorAll(".wall-page")];
  const show = () => {
    const all = pages();
    all.forEach((page, index) => page.toggleAttribute("hidden", index !== at));
    place.textContent = all.length > 1 ? `${at + 1} / ${all.length}` : "";
  };
  const refresh = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const content = next.getElementById("wall");
      if (!content) throw new Error("no wall");
      wall.replaceChildren(...content.childNodes);
      stale.hidden = true;
    } catch {
      stale.hidden = false;
    }
  };
  const turn = async () => {
    at += 1;
    if (at >= pages().length) {
      await refresh();
      at = 0;
    }
    show();
  };
  show();
  setInterval(turn, seconds * 1000);
})();
