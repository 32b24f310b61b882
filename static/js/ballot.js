/* The peer sheet: how many of a limited level are chosen. Nothing is kept anywhere; the server decides. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-ballot]");
  if (!form) return;
  const count = () => {
    for (const place of document.querySelectorAll("[data-quota]")) {
      const { levels, quota, from, below } = place.dataset;
      const named = levels.split(" ");
      const within = (figure) =>
        (from === undefined || figure >= Number(from)) && (below === undefined || figure < Number(below));
      const inputs = [...form.querySelectorAll(`input[name$="-${quota}"]`)];
      const chosen = inputs.filter((input) =>
        input.type === "radio"
          ? input.checked && named.includes(input.value)
          : input.value !== "" && within(Number(input.value)),
      ).length;
      const most = place.dataset.most;
      const over = most !== undefined && chosen > Number(most);
      place.textContent = `已选 ${chosen}${most === undefined ? "" : `/${most}`}${over ? " 超了" : ""}`;
      place.classList.toggle("text-danger", over);
    }
  };
  form.addEventListener("change", count);
  form.addEventListener("input", count);
  count();
})();
