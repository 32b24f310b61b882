/* Public pages: large type without a round trip, and one submit at a time. Works without this file too. */
(() => {
  "use strict";
  const root = document.documentElement;
  const remember = () => {
    const word = root.classList.contains("large") ? "large" : "normal";
    document.cookie = `type=${word};path=/;max-age=31536000;samesite=lax`;
  };
  if (/[?&]type=(large|normal)/.test(location.search)) remember();
  else root.classList.toggle("large", /(?:^|; )type=large/.test(document.cookie));
  const word = () => {
    for (const link of document.querySelectorAll("[data-large-type] span")) {
      link.textContent = root.classList.contains("large") ? "标准字" : "大字";
    }
  };
  word();
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (!event.target.closest("[data-large-type]")) return;
    event.preventDefault();
    root.classList.toggle("large");
    remember();
    word();
  });
  /* A tablet goes back to its start by itself, unless somebody is just choosing. */
  const back = document.querySelector("[data-back]");
  const leave = () => {
    if (back.querySelector("input:checked")) setTimeout(leave, 60000);
    else location.href = back.dataset.back || location.href;
  };
  if (back) setTimeout(leave, back.dataset.after * 1000);
  const release = (form) => delete form.dataset.sent;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => release(form), 8000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
})();
