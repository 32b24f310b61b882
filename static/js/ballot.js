/* The peer sheet: how many of a limited level are chosen. Nothing is kept anywhere; the server decides. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-ballot]");
  if (!form) return;
  const count = () => {
    for (const place of document.querySelectorAll("[data-quota]")) {
      const levels = place.dataset.levels.split(" ");
      const inputs = [...form.querySelectorAll(`input[name$="-${place.dataset.quota}"]:checked`)];
      const chosen = inputs.filter((input) => levels.includes(input.value)).length;
      const most = place.dataset.most;
      const over = most !== undefined && chosen > Number(most);
      place.textContent = `已选 ${chosen}${most === undefined ? "" : `/${most}`}${over ? " 超了" : ""}`;
      place.classList.toggle("text-danger", over);
    }
  };
  form.addEventListener("change", count);
  count();
})();
