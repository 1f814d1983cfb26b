// The desk: the list, the sheet and the panel put together; where one is; the keys.

const KEYS = [
  ["j ↓", "下一条"],
  ["k ↑", "上一条"],
  ["a", "采纳第一条建议"],
  ["1—5", "采纳第几条建议"],
  ["c", "填写应为多少（也可双击原表中的格子）"],
  ["e", "说明原因"],
  ["q", "询问单位、登记答复"],
  ["n", "不是问题"],
  ["m", "记住写法（表头、行名、选项、企业、单位），以后都这样读"],
  ["d", "删去本局写过的一行（更正、说明、询问、写法）"],
  ["w x b t", "问题、单位认可、报告和意见、报告里的文字"],
  ["Enter", "保存"],
  ["Esc", "离开，不保存"],
  ["u", "撤销上一步"],
  ["r", "重新核对"],
  ["?", "显示这张表"],
];

const TABS = [
  ["queue", "问题", "W"],
  ["units", "单位认可", "X"],
  ["report", "报告和意见", "B"],
  ["text", "报告文字", "T"],
];

const MOVING = ["j", "k", "ArrowDown", "ArrowUp", "?"]; // keys that need no entry
const READING = 12000; // milliseconds for which what was done stays on the page

function start(root, ask) {
  const desk = { ask, data: null, at: "" };
  const seen = new Map();
  const note = h("div", { class: "note", role: "status", "aria-live": "polite" });
  const banner = h("div", { class: "banner" });
  const bar = h("header", { class: "bar" });
  const help = h("dialog", { class: "help", "aria-label": "键盘操作" });
  const list = makeList(desk);
  const sheet = makeSheet(desk);
  const panel = makePanel(desk);
  const main = h("div", { class: "main" }, list.element, sheet.element, panel.element);
  const views = { queue: { element: main, open: () => list.mark() }, units: makeUnits(desk), report: makeReport(desk), text: makeText(desk) };
  const whole = h("div", { class: "desk", tabindex: -1, lang: "zh-CN" }, bar, banner, Object.values(views).map((v) => v.element), note, help);
  let view = "queue";
  Object.assign(desk, { list, sheet, panel, say, settled, next, go, focus, turn });
  fill(root, whole);

  async function load(request) {
    whole.setAttribute("aria-busy", "true");
    const answer = await ask(request);
    whole.removeAttribute("aria-busy");
    if (answer.error) {
      if (desk.data) return say(answer.error, true);
      return fill(banner, h("p", { class: "bad" }, h("b", {}, answer.error.fact), ` ${answer.error.remedy}`));
    }
    desk.data = answer;
    seen.clear();
    if (!answer.words) answer.words = { states: {}, severities: {} };
    answer.units = answer.units || [];
    answer.forms = answer.forms || [];
    answer.remarks = answer.remarks || [];
    drawBar();
    drawBanner();
    list.show();
    const stays = answer.items.find((i) => i.name === desk.at);
    const first = answer.items.find((i) => !SETTLED.includes(i.state)) || answer.items[0];
    desk.at = "";
    if (stays || first) await go((stays || first).name);
    else nothing();
    return answer;
  }

  async function turn(name, ...more) {
    view = name;
    for (const [other, v] of Object.entries(views)) v.element.hidden = other !== name;
    drawBar();
    focus();
    await views[name].open(...more);
  }

  function tab([name, label, letter]) {
    const open = name === "report" && desk.data.remarks.length ? `（${desk.data.remarks.length}）` : "";
    return h("button", { type: "button", "aria-current": view === name ? "page" : null, "data-view": name, onclick: () => turn(name) }, label + open, key(letter));
  }

  function nothing() {
    fill(sheet.element, h("p", { class: "empty" }, desk.data.unchecked ? "本期还没有核对过" : "本期没有需要处理的问题"));
    fill(panel.element, h("p", { class: "empty" }, desk.data.unchecked ? "请先核对（按 R）" : "可以出报告了：python pipeline.py run"));
  }

  function drawBar() {
    const name = h("input", { type: "text", value: desk.data.who, "aria-label": "经办人", size: 8, onchange: (e) => ask({ ask: "name", who: e.target.value }) });
    const back = h("button", { type: "button", onclick: undo, disabled: !desk.data.undo, title: desk.data.undo || null }, "撤销", key("U"));
    fill(
      bar,
      h("h1", {}, "核对台"),
      h("p", { class: "title" }, `${desk.data.title} ${desk.data.period}`),
      h("nav", { class: "tabs", "aria-label": "页面" }, TABS.map(tab)),
      h("label", { class: "who" }, "经办人", name),
      back,
      h("button", { type: "button", onclick: check }, "重新核对", key("R")),
      h("button", { type: "button", onclick: showHelp, "aria-label": "键盘操作" }, key("?")),
    );
  }

  function drawBanner() {
    const said = desk.data.problems.map((p) => h("p", { class: "bad" }, p));
    if (desk.data.unchecked) said.push(h("p", {}, "本期还没有核对过。", h("button", { type: "button", onclick: check }, "现在核对")));
    else if (desk.data.stale.length) said.push(h("p", {}, `核对结果不是最新的：${desk.data.stale.join("；")}。`, h("button", { type: "button", onclick: check }, "现在核对")));
    fill(banner, said);
  }

  async function evidence(name) {
    if (!seen.has(name)) seen.set(name, ask({ ask: "evidence", name }));
    const answer = await seen.get(name);
    if (answer.error) seen.delete(name);
    return answer;
  }

  let coming = null; // the entry that is being fetched: a key that decides waits for it
  function go(name) {
    const mine = fetched(name).finally(() => (coming = coming === mine ? null : coming));
    coming = mine;
    return mine;
  }

  async function fetched(name) {
    desk.at = name;
    const item = desk.data.items.find((i) => i.name === name);
    list.mark();
    sheet.busy();
    const answer = await evidence(name);
    if (desk.at !== name) return;
    sheet.ready();
    if (answer.error) return say(answer.error, true);
    sheet.show(answer, item);
    panel.show(item, answer);
    whole.dataset.at = name;
    ahead(name);
  }

  function ahead(name) {
    const items = list.shown();
    const n = items.findIndex((i) => i.name === name);
    for (const i of items.slice(n + 1, n + 4)) evidence(i.name);
  }

  function next(open) {
    return step(1, open);
  }

  function step(by, open) {
    const items = list.shown();
    const n = items.findIndex((i) => i.name === desk.at);
    const rest = by > 0 ? items.slice(n + 1) : items.slice(0, Math.max(n, 0)).reverse();
    const to = rest.find((i) => !open || !SETTLED.includes(i.state)) || (open && items.find((i) => !SETTLED.includes(i.state)));
    focus();
    return to ? go(to.name) : list.mark();
  }

  function settled(answer) {
    seen.clear(); // what was written shows beside other findings too
    for (const item of desk.data.items) {
      if (answer.states[item.name] === undefined || answer.states[item.name] === item.state) continue;
      item.state = answer.states[item.name];
      list.paint(item);
    }
    desk.data.undo = answer.undo;
    if (answer.remarks.length !== desk.data.remarks.length) {
      desk.data.remarks = answer.remarks;
      list.show();
    }
    drawBar();
    list.count();
  }

  async function undo() {
    const answer = await ask({ ask: "undo" });
    if (answer.error) return say(answer.error, true);
    say({ fact: answer.told, remedy: "" });
    settled(answer);
    const back = desk.data.items.find((i) => i.members.some((m) => answer.findings.includes(m.name)));
    if (back) {
      seen.delete(back.name);
      await go(back.name);
    }
    if (view !== "queue") await views[view].open();
    return focus();
  }

  async function check() {
    const due = await ask({ ask: "due" });
    if (due.error) return say(due.error, true);
    let answer = null;
    for (const [n, period] of due.periods.entries()) {
      const stop = running(`正在核对 ${period}${due.periods.length > 1 ? `（第 ${n + 1} 期，共 ${due.periods.length} 期）` : ""}`);
      answer = n + 1 < due.periods.length ? await ask({ ask: "check", period }) : await load({ ask: "check", period });
      stop();
      if (answer && answer.error) return say(answer.error, true);
    }
    if (answer) say({ fact: `核对完成${answer.solved ? `，比上次少了 ${answer.solved} 处` : ""}`, remedy: "" });
    if (view !== "queue") await views[view].open();
    focus();
  }

  // What is being done and for how long; until the function it gives is called.
  function running(what) {
    const since = Date.now();
    const tell = () => say({ fact: `${what}……`, remedy: Date.now() - since > 2000 ? `已 ${Math.round((Date.now() - since) / 1000)} 秒` : "" }, false, true);
    tell();
    const clock = setInterval(tell, 1000);
    return () => clearInterval(clock);
  }

  let fading = 0;
  function say(said, bad, stays) {
    setTimeout(() => whole.contains(document.activeElement) || focus()); // what had the focus may be gone: keys go on working
    clearTimeout(fading);
    if (!bad && !stays) fading = setTimeout(() => fill(note), READING);
    fill(note, h("p", { class: bad ? "bad" : null }, h("b", {}, said.fact), said.remedy ? ` ${said.remedy}` : ""));
  }

  function focus() {
    whole.focus({ preventScroll: true });
  }

  function showHelp() {
    fill(help, h("h2", {}, "键盘操作"), h("dl", {}, KEYS.map(([k, what]) => [h("dt", {}, key(k)), h("dd", {}, what)])), h("form", { method: "dialog" }, h("button", { class: "primary" }, "知道了")));
    help.showModal();
  }

  const DONE = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    a: () => panel.open("accept"), c: () => panel.open("correct"), e: () => panel.open("explain"),
    q: () => panel.open("ask"), n: () => panel.open("dismiss"), m: () => panel.open("remember"), d: () => panel.open("drop"), u: undo, r: check, "?": showHelp,
  };

  whole.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape" && panel.close()) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const scrolls = event.target.closest(".scroll") && event.key.startsWith("Arrow");
    const tabbed = TABS.find(([, , letter]) => letter.toLowerCase() === event.key);
    if (tabbed && desk.data) return void (event.preventDefault(), event.stopPropagation(), turn(tabbed[0]));
    if (view !== "queue" && !["u", "?", "r"].includes(event.key)) return;
    const act = /^[1-5]$/.test(event.key) ? () => panel.accept(Number(event.key) - 1) : DONE[event.key];
    if (!act || !desk.data || scrolls) return;
    event.preventDefault();
    event.stopPropagation();
    if (coming && !MOVING.includes(event.key)) coming.then(act);
    else act();
  });

  window.addEventListener("beforeunload", (event) => views.text.unsaved() && event.preventDefault());
  load({ ask: "overview", look: true }).then(focus);
  return desk;
}

export default {
  render({ model, el }) {
    start(el, overModel(model));
  },
};
