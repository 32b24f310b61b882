/* Small moves of the portal. No inline code, no eval, nothing here is needed to get work done. */
(() => {
  "use strict";
  const echartsUrl = document.currentScript?.dataset.echarts;
  const root = document.documentElement;

  /* Large type: the link works without script; here it saves the round trip. */
  const largeIsOn = () => root.classList.contains("large");
  const remember = (on) => {
    const year = 365 * 24 * 3600;
    document.cookie = `type=${on ? "large" : "normal"};path=/;max-age=${year};samesite=lax`;
  };
  const asked = new URLSearchParams(location.search).get("type");
  if (asked === "large" || asked === "normal") remember(asked === "large");
  else root.classList.toggle("large", /(?:^|; )type=large/.test(document.cookie));
  const wordLarge = () => {
    for (const link of document.querySelectorAll("[data-large-type] span")) {
      link.textContent = largeIsOn() ? "标准字" : "大字版";
    }
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-large-type]")) return;
    event.preventDefault();
    root.classList.toggle("large");
    remember(largeIsOn());
    wordLarge();
    window.dispatchEvent(new Event("resize"));
  });

  /* Menus close when one clicks elsewhere or presses Escape. */
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector("details.menu[open] > summary")?.focus();
    closeMenus(null);
  });

  /* Dangerous deeds ask once: data-confirm (what will happen) on the form or on its button. */
  const part = (name, text, css = "") => {
    const node = document.createElement(name);
    node.textContent = text;
    node.className = css;
    return node;
  };
  const ask = (source, onYes) => {
    const dialog = part("dialog", "", "ask");
    const yes = part("button", source.dataset.confirmButton || "确定", "btn btn-primary");
    const no = part("button", "先不", "btn btn-outline-secondary");
    const row = part("div", "", "row-wrap");
    const title = part("h2", source.dataset.confirmTitle || "请确认");
    title.id = "ask-title";
    dialog.setAttribute("aria-labelledby", title.id);
    row.append(no, yes);
    dialog.append(title, part("p", source.dataset.confirm), row);
    dialog.addEventListener("close", () => dialog.remove());
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      dialog.close();
      onYes();
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  };

  /* One submit at a time. The guard lets go by itself, so that a retry is always possible. */
  const HOLD = 8000;
  const release = (form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  };
  const hold = (form) => {
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), HOLD);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const source = button?.dataset.confirm ? button : form.dataset.confirm ? form : null;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (source && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(source, () => {
        form.dataset.confirmed = "1";
        form.requestSubmit(button);
      });
      return;
    }
    delete form.dataset.confirmed;
    if (form.method === "post") hold(form);
  }, true);
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) release(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.dataset?.sent) release(event.target);
  });

  /* Token for htmx, from the form field Django already puts on the page. */
  document.addEventListener("htmx:configRequest", (event) => {
    const field = document.querySelector("[name=csrfmiddlewaretoken]");
    if (field && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = field.value;
  });

  /* Demo accounts fill the sign-in form; print buttons print; the error sum gets the focus. */
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const chip = event.target.closest("[data-fill]");
    if (!chip) return;
    const form = document.getElementById(chip.dataset.fill);
    form.querySelector("[name=username]").value = chip.dataset.username;
    form.querySelector("[name=password]").value = chip.dataset.password;
    form.querySelector("[type=submit]").focus();
  });

  /* data-quote="FORM": puts a fact beside the form at the end of the text one was writing, or of the first one. */
  let lastText = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) lastText = event.target;
  });
  document.addEventListener("click", (event) => {
    const quote = event.target.closest("[data-quote]");
    if (!quote) return;
    const form = document.getElementById(quote.dataset.quote);
    const place = form.contains(lastText) ? lastText : form.querySelector("textarea");
    place.value += quote.dataset.text;
    place.focus();
  });

  /* What is left to do on a sheet: data-left counts the people who lack an answer. */
  const countLeft = () => {
    for (const place of document.querySelectorAll("[data-left]")) {
      const form = document.getElementById(place.dataset.left);
      const cards = [...form.querySelectorAll(".ballot")];
      const answered = (row) => row.querySelector(":checked") || row.querySelector("input[type=number]")?.value;
      const open = cards.filter((card) => [...card.querySelectorAll(".levels")].some((row) => !answered(row)));
      place.textContent = open.length ? `还差 ${open.length} 人` : "都填好了";
    }
    for (const place of document.querySelectorAll("[data-top-level]")) {
      const chosen = document.querySelectorAll(`input[value="${place.dataset.topLevel}"]:checked`);
      place.textContent = chosen.length;
    }
  };
  document.addEventListener("change", countLeft);

  /* Charts: <div data-chart="ID"> takes its figures from <script type="application/json" id="ID">. */
  const colours = ["#b5121b", "#8f877e", "#c9bfb2", "#5c5650", "#b8862b"];
  const soft = "#5c5650";
  const axes = (chart) => {
    const names = {
      type: "category",
      data: chart.labels,
      inverse: chart.kind === "hbar",
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "#cfc7bc" } },
      axisLabel: {
        color: soft,
        hideOverlap: true,
        lineHeight: 15,
        interval: chart.labels.length <= 4 ? 0 : "auto",
        formatter: (name) => (chart.kind === "hbar" ? name : name.replace("（", "\n（")),
      },
    };
    const figures = {
      type: "value",
      min: chart.min,
      max: chart.max,
      show: chart.kind !== "hbar",
      interval: chart.step,
      splitNumber: chart.height === "low" ? 3 : 4,
      splitLine: { lineStyle: { color: "#efeae2" } },
      axisLabel: { color: soft, formatter: chart.unit === "%" ? "{value}%" : "{value}" },
    };
    return chart.kind === "hbar"
      ? { xAxis: figures, yAxis: names }
      : { xAxis: names, yAxis: figures };
  };
  /* A period that still runs is the last piece of its line, dashed: it is not a fall. */
  const whole = (chart, values) =>
    chart.running ? values.map((value, at) => (at === values.length - 1 ? null : value)) : values;
  const pieces = (chart) => (chart.kind === "line" && chart.running && chart.labels.length > 1
    ? chart.series.map((series, at) => ({
      name: series.name,
      data: series.values.map((value, place) => (place < series.values.length - 2 ? null : value)),
      type: "line",
      symbol: "emptyCircle",
      symbolSize: 7,
      color: colours[at],
      lineStyle: { width: at ? 1.5 : 2.5, type: "dashed" },
      endLabel: { show: true, formatter: "{a}", color: at ? soft : colours[0] },
      labelLayout: { moveOverlap: "shiftY" },
    }))
    : []);
  const lines = (chart) => chart.series.map((series, at) => ({
    name: series.name,
    data: chart.kind === "line" && chart.labels.length > 1 ? whole(chart, series.values) : series.values,
    type: chart.kind === "line" ? "line" : "bar",
    stack: chart.kind === "stack" ? "all" : undefined,
    barMaxWidth: 22,
    symbol: "circle",
    symbolSize: at ? 5 : 7,
    lineStyle: { width: at ? 1.5 : 2.5 },
    endLabel: { show: chart.kind === "line" && !chart.running, formatter: "{a}", color: at ? soft : colours[0] },
    labelLayout: { moveOverlap: "shiftY" },
    label: {
      show: chart.series.length === 1 && chart.kind !== "line",
      position: chart.kind === "hbar" ? "right" : "top",
      formatter: `{c}${chart.unit || ""}`,
      color: "#1f1d1b",
    },
  }));
  const radar = (chart) => ({
    radar: {
      indicator: chart.labels.map((name) => ({ name, max: chart.max || 100, min: chart.min || 0 })),
      radius: "66%",
      center: ["50%", "47%"],
      splitNumber: 4,
      axisName: { color: soft },
      axisLine: { lineStyle: { color: "#e4ded6" } },
      splitLine: { lineStyle: { color: "#e4ded6" } },
      splitArea: { show: false },
    },
    series: [{
      type: "radar",
      symbolSize: 5,
      data: chart.series.map(({ name, values }, at) => ({
        name,
        value: values,
        areaStyle: at ? undefined : { opacity: 0.1 },
      })),
    }],
  });
  const pie = (chart) => ({
    series: [{
      type: "pie",
      radius: ["45%", "70%"],
      label: { formatter: "{b} {d}%", color: "#1f1d1b" },
      data: chart.labels.map((name, at) => ({ name, value: chart.series[0].values[at] })),
    }],
  });
  const option = (chart) => {
    const scale = parseFloat(getComputedStyle(root).fontSize) / 16;
    const base = {
      color: colours,
      animation: false, // an end label that follows a gap in the line has nowhere to go
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 * scale },
      tooltip: { renderMode: "richText" },
      aria: { enabled: true, decal: { show: chart.series.length > 2 } },
      legend: {
        show: chart.series.length > 1 && chart.kind !== "line",
        bottom: 0,
        icon: "roundRect",
        textStyle: { color: soft },
      },
    };
    if (chart.kind === "pie") return { ...base, ...pie(chart) };
    if (chart.kind === "radar") return { ...base, ...radar(chart) };
    const right = { line: 76, hbar: 48 }[chart.kind] || 8;
    const bottom = base.legend.show ? 32 : 4;
    const grid = { left: 4, right: right * scale, top: 20 * scale, bottom: bottom * scale };
    return { ...base, grid: { ...grid, containLabel: true }, ...axes(chart), series: [...lines(chart), ...pieces(chart)] };
  };
  const draw = (boxes) => {
    for (const box of boxes) {
      const chart = JSON.parse(document.getElementById(box.dataset.chart).textContent);
      const drawing = window.echarts.init(box, null, { renderer: "svg" });
      drawing.setOption(option(chart));
      window.addEventListener("resize", () => {
        drawing.resize();
        drawing.setOption(option(chart));
      });
    }
  };
  const charts = (scope) => {
    const boxes = [...scope.querySelectorAll("[data-chart]:not([data-drawn])")];
    if (!boxes.length || !echartsUrl) return;
    for (const box of boxes) box.dataset.drawn = "1";
    if (window.echarts) return draw(boxes);
    const script = document.createElement("script");
    script.src = echartsUrl;
    script.addEventListener("load", () => draw(boxes));
    document.head.append(script);
  };

  const ready = () => {
    wordLarge();
    countLeft();
    charts(document);
    document.querySelector("[data-focus]")?.focus();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
  document.addEventListener("htmx:afterSettle", (event) => charts(event.target));

  /* The way back to a list keeps its filter and page; campaign and period are the session's. */
  const own = new URLSearchParams(location.search);
  for (const key of ["campaign", "type", "export"]) own.delete(key);
  if (own.get("period") !== "all") own.delete("period");
  const listKey = (path) => `list:${path}`;
  try {
    if (!document.querySelector(".bar-person")) {
      for (const key of Object.keys(sessionStorage)) {
        if (key.startsWith("list:")) sessionStorage.removeItem(key); // somebody else may sign in
      }
    } else if (own.size) sessionStorage.setItem(listKey(location.pathname), `?${own}`);
    else sessionStorage.removeItem(listKey(location.pathname));
    for (const link of document.querySelectorAll(".crumbs a, .form-actions a, a[data-back]")) {
      const kept = link.search ? null : sessionStorage.getItem(listKey(link.pathname));
      if (kept) link.search = kept;
    }
  } catch {
    /* Storage may be forbidden: the list then opens without its filter. */
  }
})();
