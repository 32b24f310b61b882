// Themes of the kind of owner that is chosen; without script all stand there, grouped, and the server checks.
(() => {
  const owner = document.getElementById("id_owner");
  const theme = document.getElementById("id_theme");
  if (!owner || !theme || !theme.dataset.groups) return;
  const labels = JSON.parse(theme.dataset.groups);
  const groups = [...theme.querySelectorAll("optgroup")];
  const show = () => {
    const label = labels[owner.value.split(":")[0]];
    const chosen = theme.value;
    for (const group of groups) group.remove();
    const wanted = groups.find((group) => group.label === label);
    if (wanted) theme.append(wanted);
    const still = wanted && [...wanted.children].some((option) => option.value === chosen);
    theme.value = still ? chosen : "";
  };
  owner.addEventListener("change", show);
  show();
})();
