/* Wall screen: pages turn; after a full turn the whole screen is fetched again, and kept when that fails. */
(() => {
  "use strict";
  const wall = document.getElementById("wall");
  const stale = document.querySelector("[data-wall-stale]");
  const since = document.querySelector("[data-wall-since]");
  const place = document.querySelector("[data-wall-turn]");
  const seconds = Number(document.body.dataset.turn) || 15;
  const REFRESH_AFTER = 60000;
  let at = 0;
  let good = new Date();
  const pages = () => [...wall.querySelectorAll(".wall-page")];
  const clock = (moment) =>
    moment.toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
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
      good = new Date();
      stale.hidden = true;
    } catch {
      if (since) since.textContent = clock(good);
      stale.hidden = false;
    }
  };
  const turn = async () => {
    at += 1;
    if (at >= pages().length) {
      if (!stale.hidden || Date.now() - good >= Math.min(REFRESH_AFTER, seconds * 1000 * pages().length)) await refresh();
      at = 0;
    }
    show();
  };
  const fit = () => {
    document.body.style.zoom = Math.min(innerWidth / 1920, innerHeight / 1080) || 1;
  };
  fit();
  addEventListener("resize", fit);
  show();
  setInterval(turn, seconds * 1000);
})();
