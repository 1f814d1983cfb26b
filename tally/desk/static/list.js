// The queue: filters above, causes below, and the line after which the report no longer moves.

const SETTLED = ["decided", "explained"];
const FILTERS = [
  ["unit", "单位"],
  ["form", "表"],
  ["rule", "规则"],
  ["severity", "性质"],
  ["state", "状态"],
];

function makeList(desk) {
  const filters = h("div", { class: "filters", role: "group", "aria-label": "筛选" });
  const entries = h("ol", { class: "entries", "aria-label": "待核对的问题" });
  const progress = h("div", { class: "progress" });
  const element = h("nav", { class: "queue", "aria-label": "问题队列" }, progress, filters, entries);
  const chosen = { unit: "", form: "", rule: "", severity: "", state: "" };
  const buttons = new Map();

  function choices(name) {
    const words = {
      unit: new Map(desk.data.units),
      form: new Map(desk.data.forms),
      severity: new Map(Object.entries(desk.data.words.severities)),
      state: new Map([["todo", "未处理"], ...Object.entries(desk.data.words.states)]),
    };
    const present = new Set(desk.data.items.map((i) => i[name]));
    const known = words[name] ? [...words[name]] : [...present].sort().map((r) => [r, ruleName(r)]);
    return known.filter(([value]) => present.has(value) || value === "todo");
  }

  function ruleName(rule) {
    return desk.data.words.rules[rule] || rule;
  }

  function select([name, label]) {
    const options = choices(name).map(([value, text]) => h("option", { value }, text || "文件"));
    const pick = h("select", { "aria-label": label, onchange: (e) => narrow(name, e.target.value) });
    pick.append(h("option", { value: "" }, `${label}：全部`), ...options);
    pick.value = chosen[name];
    return pick;
  }

  function narrow(name, value) {
    chosen[name] = value;
    show();
    const first = shown()[0];
    if (first && !shown().some((i) => i.name === desk.at)) desk.go(first.name);
  }

  function fits(item) {
    return FILTERS.every(([name]) => {
      if (!chosen[name]) return true;
      if (name === "state" && chosen.state === "todo") return !SETTLED.includes(item.state);
      return name === "rule" ? item.members.some((m) => m.rule === chosen.rule) : item[name] === chosen[name];
    });
  }

  function shown() {
    return desk.data.items.filter(fits);
  }

  function entry(item) {
    const more = item.members.length > 1 ? h("span", { class: "more" }, `共 ${item.members.length} 处`) : "";
    const button = h(
      "button",
      { class: `entry ${item.severity}`, type: "button", onclick: () => desk.go(item.name) },
      h("span", { class: "top" }, h("b", {}, item.unitName), h("span", { class: "tag" }), more),
      h("span", { class: "message" }, item.members[0].message),
    );
    buttons.set(item.name, button);
    paint(item);
    return h("li", {}, button);
  }

  function paint(item) {
    const button = buttons.get(item.name);
    if (!button) return;
    button.dataset.state = item.state;
    const severity = desk.data.words.severities[item.severity];
    const state = item.state === "open" ? "" : ` · ${desk.data.words.states[item.state]}`;
    button.querySelector(".tag").textContent = severity + state;
  }

  function remark(r) {
    const button = h("button", { class: "entry remark", type: "button", onclick: () => desk.turn("report", r.number) }, h("span", { class: "top" }, h("b", {}, "审核意见"), h("span", { class: "tag" }, r.who)), h("span", { class: "message" }, `${r.text}（${r.quote}）`));
    return h("li", {}, button);
  }

  function stopLine() {
    const said = "以下各条全部加起来，不会使任何一个汇总数变动超过 1%";
    return h("li", { class: "stop" }, h("span", {}, said));
  }

  function show() {
    fill(filters, ...FILTERS.map(select));
    buttons.clear();
    const rows = [];
    const plain = FILTERS.every(([name]) => !chosen[name]);
    if (plain) rows.push(...desk.data.remarks.map(remark));
    desk.data.items.forEach((item, n) => {
      if (plain && n === desk.data.stop && n > 0) rows.push(stopLine());
      if (fits(item)) rows.push(entry(item));
    });
    fill(entries, rows.length ? rows : h("li", { class: "none" }, desk.data.items.length ? "没有符合条件的问题" : "没有需要处理的问题"));
    mark();
    count();
  }

  function mark() {
    for (const [name, button] of buttons) button.setAttribute("aria-current", String(name === desk.at));
    const here = buttons.get(desk.at);
    if (here) here.scrollIntoView({ block: "nearest" });
  }

  function count() {
    const items = desk.data.items;
    const done = items.filter((i) => SETTLED.includes(i.state)).length;
    const before = items.slice(0, desk.data.stop).filter((i) => !SETTLED.includes(i.state)).length;
    const bar = h("progress", { max: items.length || 1, value: done, "aria-label": "已处理" });
    bar.value = done;
    const rest = before ? `还有 ${before} 条会影响汇总数` : "余下的不影响汇总数（各数变动不超过 1%）";
    fill(progress, h("p", {}, h("b", {}, `${done} / ${items.length}`), " 已处理", desk.data.solved ? h("span", { class: "quiet" }, `；上次核对又解决 ${desk.data.solved} 处`) : ""), bar, h("p", { class: "quiet" }, items.length ? rest : ""));
  }

  return { element, show, shown, mark, paint, count, fits };
}
