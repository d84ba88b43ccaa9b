// The page around the report. What it shows is worked out by the package, in worker.js.
const $ = (selector) => document.querySelector(selector);
const START = "country: FR\nhours_per_day: 2\n";

// What the user made: kept in the fragment of the address, which no browser sends anywhere.
const state = { text: START, moves: {}, language: "en" };

const worker = new Worker("worker.js", { type: "module" });
const waiting = new Map();
let asked = 0;

worker.onmessage = ({ data }) => {
  const { resolve, reject } = waiting.get(data.id);
  waiting.delete(data.id);
  if ("error" in data) reject(new Error(data.error));
  else resolve(data.result);
};
worker.onerror = (event) => failed(event.message || "worker");

function ask(call, request) {
  return new Promise((resolve, reject) => {
    waiting.set(++asked, { resolve, reject });
    worker.postMessage({ id: asked, call, request });
  });
}

function failed(error) {
  const loading = $("#loading");
  loading.hidden = false;
  loading.textContent = String(error);
  console.error(error);
}

// The fragment

function readFragment() {
  const given = new URLSearchParams(location.hash.slice(1));
  const spoken = (navigator.language || "en").startsWith("fr") ? "fr" : "en";
  state.language = ["en", "fr"].includes(given.get("lang")) ? given.get("lang") : spoken;
  state.text = given.get("scenario") ?? START;
  state.moves = {};
  for (const flag of given.getAll("set")) {
    const at = flag.indexOf("=");
    if (at > 0) state.moves[flag.slice(0, at)] = flag.slice(at + 1);
  }
}

function fragment() {
  const kept = new URLSearchParams({ lang: state.language, scenario: state.text });
  for (const [path, value] of Object.entries(state.moves)) kept.append("set", `${path}=${value}`);
  return `#${kept}`;
}

// One question at a time: while Python works, only the newest state waits.

let working = false;
let again = false;

async function refresh() {
  again = true;
  if (working) return;
  working = true;
  while (again) {
    again = false;
    say("working");
    const asked = { text: state.text, moves: { ...state.moves }, language: state.language };
    const from = performance.now();
    try {
      const found = await ask("show", asked);
      shown(found, asked);
    } catch (error) {
      failed(error);
    }
    document.body.dataset.step = Math.round(performance.now() - from);
  }
  working = false;
  document.body.dataset.shown = Number(document.body.dataset.shown || 0) + 1;
}

let words = {};
const say = (name) => { $("#status").textContent = words[name] ?? ""; };

function shown(found, asked) {
  // As after --set; what was moved while Python worked stays as it was moved.
  for (const [path, value] of Object.entries(found.moves ?? {})) {
    if (state.moves[path] === asked.moves[path]) state.moves[path] = value;
  }
  history.replaceState(null, "", fragment());
  showProblems(found.problems);
  showFields(found.fields);
  showMoves();
  if (found.inputs) showSliders(found.inputs);
  if (found.html !== null) showReport(found.html);
  $("#report").classList.toggle("stale", found.html === null);
  say(found.html === null ? "stale" : "");
}

// The report: put into a frame in which no script runs, in place, so that nothing flickers.

function showReport(html) {
  const frame = $("#report").contentDocument;
  const open = [...frame.querySelectorAll("details")].map((each) => each.open);
  const { scrollLeft, scrollTop } = frame.documentElement;
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const link of page.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  frame.replaceChild(frame.adoptNode(page.documentElement), frame.documentElement);
  const now = [...frame.querySelectorAll("details")];
  if (now.length === open.length) now.forEach((each, at) => { each.open = open[at]; });
  frame.documentElement.scrollTo(scrollLeft, scrollTop);
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function showProblems(problems) {
  $("#problems").replaceChildren(...problems.map((each) => {
    const box = element("div", { className: each.severity }, element("pre", { textContent: each.text }));
    if (each.line) {
      const go = element("button", { type: "button", textContent: words.go });
      go.onclick = () => select(each);
      box.append(go);
    }
    return box;
  }));
}

// Python counts characters, a text area UTF-16 units.
function select({ line, column, length }) {
  const lines = state.text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const characters = [...(lines[line - 1] ?? "")];
  const start = before + characters.slice(0, column - 1).join("").length;
  const end = start + characters.slice(column - 1, column - 1 + length).join("").length;
  $("#editing").open = true;
  const area = $("#text");
  area.focus();
  area.setSelectionRange(start, Math.max(end, start));
}

// The form

function buildForm({ form, countries }) {
  $("#fields").replaceChildren(...form.map(({ key, label, hint }) => {
    let field;
    if (key === "country") {
      field = element("select", {}, element("option", { value: "", textContent: "–" }));
      const names = new Intl.DisplayNames([state.language], { type: "region" });
      for (const code of countries) {
        const [country, region] = code.split("-");
        const name = names.of(country) + (region ? ` (${region})` : "");
        field.append(element("option", { value: code, textContent: name }));
      }
    } else {
      field = element("input", { type: "text" });
    }
    field.name = key;
    field.onchange = () => edit(key, field.value);
    return element("label", {}, label, field, element("small", { textContent: hint }));
  }));
}

function showFields(fields) {
  for (const { key, text, open } of fields) {
    const field = $("#form").elements.namedItem(key);
    if (document.activeElement !== field || field.tagName === "SELECT") field.value = text;
    field.disabled = !open;
  }
  $("#full").hidden = fields.every((each) => each.open);
}

async function edit(key, value) {
  try {
    setText(await ask("edit", { text: state.text, key, value }));
  } catch (error) {
    failed(error);
  }
}

function setText(text) {
  state.text = text;
  if ($("#text").value !== text) $("#text").value = text;
  refresh();
}

// The sliders

function move(path, value) {
  state.moves[path] = value;
  refresh();
}

function putBack(path) {
  delete state.moves[path];
  refresh();
}

function showMoves() {
  const moves = Object.entries(state.moves);
  $("#moves").hidden = !moves.length;
  $("#moves ul").replaceChildren(...moves.map(([path, value]) => {
    const back = element("button", { type: "button", textContent: words.back });
    back.onclick = () => putBack(path);
    return element("li", {}, element("code", { textContent: `${path}=${value}` }), back);
  }));
}

let sliders = new Map();

function showSliders(inputs) {
  const same = inputs.length === sliders.size && inputs.every(({ path }) => sliders.has(path));
  if (!same) buildSliders(inputs);
  for (const each of inputs) {
    const { row, range, box } = sliders.get(each.path);
    row.classList.toggle("moved", each.moved);
    if (range.min !== String(each.low)) range.min = each.low;
    if (range.max !== String(each.high)) range.max = each.high;
    range.step = each.step;
    range.setAttribute("aria-valuetext", each.text);
    if (document.activeElement !== range) range.value = each.value;
    if (document.activeElement !== box) box.value = each.text;
  }
}

function buildSliders(inputs) {
  sliders = new Map();
  const groups = new Map();
  for (const { path, group, meaning } of inputs) {
    const range = element("input", { type: "range" });
    const box = element("input", { type: "text" });
    range.setAttribute("aria-label", path);
    box.setAttribute("aria-label", path);
    range.dataset.path = path;
    box.dataset.path = path;
    range.oninput = () => move(path, Number(range.value));
    box.onchange = () => move(path, box.value);
    const note = element("small", { textContent: meaning });
    const row = element("div", { className: "slider" }, element("code", { textContent: path }), range, box, note);
    sliders.set(path, { row, range, box });
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(row);
  }
  $("#sliders").replaceChildren(...["given", "assumed", "requirement", "context"]
    .filter((name) => groups.has(name))
    .map((name) => {
      const title = element("summary", { textContent: words[name] });
      return element("details", { open: name === "given" }, title, ...groups.get(name));
    }));
  find();
}

function find() {
  const sought = $("#find").value.trim().toLowerCase();
  for (const [path, { row }] of sliders) row.hidden = !row.textContent.toLowerCase().includes(sought) && !path.includes(sought);
  if (sought) for (const group of document.querySelectorAll("#sliders details")) group.open = true;
}

// Files, the link, the language

async function save(form) {
  const types = { html: "text/html", yaml: "application/yaml", csv: "text/csv" };
  try {
    const text = await ask("save", { ...state, form });
    const link = element("a", {
      href: URL.createObjectURL(new Blob([text], { type: `${types[form]};charset=utf-8` })),
      download: `${form === "yaml" ? "scenario" : "report"}.${form}`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } catch {
    say("stale"); // what is wrong is shown beside the form
  }
}

async function speak(language) {
  state.language = language;
  const told = await ask("words", { language });
  words = told.words;
  document.documentElement.lang = language;
  document.title = words.title;
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = words[each.dataset.say];
  for (const each of document.querySelectorAll("[data-language]")) {
    each.setAttribute("aria-pressed", String(each.dataset.language === language));
  }
  $("#report").title = words.report;
  buildForm(told);
  sliders = new Map();
}

async function begin() {
  readFragment();
  $("#text").value = state.text;
  $("#text").oninput = () => setText($("#text").value);
  $("#form").onsubmit = (event) => event.preventDefault();
  $("#find").oninput = find;
  $("#all-back").onclick = () => { state.moves = {}; refresh(); };
  $("#link").onclick = async () => { await navigator.clipboard.writeText(location.href); say("copied"); };
  for (const each of document.querySelectorAll("[data-save]")) each.onclick = () => save(each.dataset.save);
  for (const each of document.querySelectorAll("[data-language]")) {
    each.onclick = () => speak(each.dataset.language).then(refresh, failed);
  }
  window.onhashchange = () => {
    readFragment();
    $("#text").value = state.text;
    speak(state.language).then(refresh, failed);
  };
  try {
    await speak(state.language);
    $("#loading").hidden = true;
    $("main").hidden = false;
    await refresh();
    document.body.dataset.ready = Math.round(performance.now());
  } catch (error) {
    failed(error);
  }
}

begin();
