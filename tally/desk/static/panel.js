// The decision: what is wrong, what could mend it, and the five things that can be done about it.

const ACTIONS = [
  ["accept", "采纳建议", "a"],
  ["correct", "更正", "c"],
  ["explain", "说明", "e"],
  ["ask", "询问单位", "q"],
  ["dismiss", "不是问题", "n"],
  ["remember", "记住写法", "m"],
  ["drop", "删去本局的一行", "d"],
];

// A slip in the bureau's own files is mended there: the line goes, or it is explained.
const OURS = ["drop", "explain"];
const THEIRS = ["accept", "correct", "explain", "ask", "dismiss", "remember", "drop"];

function makePanel(desk) {
  const element = h("section", { class: "panel", "aria-label": "处理" });
  let item = null;
  let evidence = null;
  let form = null;
  let picked = 0;
  const foresight = makeForesight(desk, () => item, () => form, liveSum);
  const preview = foresight.look;
  const said = new Map(); // unit -> the reason last written: one call of a unit mends several cells

  function show(nextItem, nextEvidence) {
    const same = item && item.name === nextItem.name && evidence === nextEvidence;
    [item, evidence] = [nextItem, nextEvidence];
    if (same) return;
    picked = 0;
    form = h("div", { class: "form" });
    fill(element, head(), written(evidence.lines, (line) => open("drop", line)), members(), answers(), suggestions(), actions(), form, ...facts(desk, evidence, item));
  }

  function head() {
    const words = desk.data.words;
    const lead = item.members[0];
    const where = [item.unitName, formName(), lead.where].filter(Boolean).join(" · ");
    return h(
      "header",
      {},
      h("p", { class: "where" }, where, h("span", { class: `severity ${item.severity}` }, words.severities[item.severity]), h("span", { class: "state" }, words.states[item.state])),
      h("h2", { tabindex: -1 }, lead.message),
      ...instead("corrections", evidence.cell ? [evidence.cell] : []).map((l) => h("p", { class: "replaced" }, `${evidence.cell.label}：单位报的是“${evidence.cell.raw || "空白"}”，${l.who || "手工"}已更正为“${l.new || "空白"}”`)),
      lead.suggestion ? h("p", {}, lead.suggestion) : "",
      evidence.home ? h("p", { class: "home" }, `这是${evidence.home.period}的问题，旁边是该期的原表和数据。更正、说明写入${evidence.home.period}的文件，按 R 先重新核对该期，再核对本期${evidence.home.release ? "；该期已发布，更正后须出更正稿" : ""}。`) : "",
      item.figure ? h("p", { class: "quiet" }, `最多可使${item.figure}变动 ${share(item.share)}`) : "",
      evidence.verdict.length ? h("p", { class: "quiet" }, `这条规则以往有答复的 ${evidence.verdict[1]} 处中，${evidence.verdict[0]} 处确是差错`) : "",
    );
  }

  function formName() {
    const named = desk.data.forms.find(([name]) => name === item.form);
    return named && item.form ? named[1] : "";
  }

  function share(part) {
    if (part < 0.0005) return "不到 0.1%";
    return part > 9.99 ? `${Math.round(part)} 倍` : `${(part * 100).toFixed(1)}%`;
  }

  function members() {
    if (item.members.length < 2) return "";
    const lines = item.members.slice(1).map((m) => h("li", {}, m.message));
    return h("details", { open: item.members.length < 5 }, h("summary", {}, `同一原因的还有 ${lines.length} 处`), h("ul", {}, lines));
  }

  function answers() {
    return evidence.answers && evidence.answers.length ? h("div", { class: "answered" }, evidence.answers.map((a) => h("p", {}, h("b", {}, "单位答复："), a.text, h("button", { type: "button", onclick: () => open("explain", a.text) }, "采纳为说明")))) : "";
  }

  function suggestions() {
    if (!evidence.proposals.length) return "";
    const offers = evidence.proposals.slice(0, 5).map((p, n) => {
      const changes = p.changes.map((c) => h("span", { class: "change" }, `${c.label}：`, h("del", {}, c.old || "空白"), " → ", h("ins", {}, c.new || "空白")));
      return h("button", { type: "button", class: "offer", "aria-pressed": String(n === picked), onclick: () => accept(n) }, key(String(n + 1)), h("span", {}, ...changes, h("small", {}, p.why)));
    });
    return h("div", { class: "offers", role: "group", "aria-label": "建议" }, offers);
  }

  function actions() {
    const usable = ACTIONS.filter(([name]) => (name !== "accept" || evidence.proposals.length) && (name !== "correct" || near(evidence.cell).length) && (name !== "remember" || evidence.lesson) && (name !== "drop" || evidence.lines.length) && (evidence.ours ? OURS : THEIRS).includes(name));
    return h("div", { class: "actions", role: "group", "aria-label": "处理方式" }, usable.map(([name, label, letter]) => h("button", { type: "button", "data-action": name, onclick: () => open(name) }, label, key(letter.toUpperCase()))));
  }

  function open(name, text) {
    const made = { accept: () => accept(picked), correct: () => correctCell(evidence.cell), explain: () => explain(text), ask, dismiss, remember, drop: () => drop(text) };
    if (!element.querySelector(`[data-action="${name}"]`)) return;
    made[name]();
    for (const b of element.querySelectorAll(".actions button")) b.setAttribute("aria-expanded", String(b.dataset.action === name));
  }

  function close() {
    if (!form || !form.childElementCount) return false;
    form.replaceChildren();
    desk.focus();
    return true;
  }

  function accept(n) {
    const proposal = evidence.proposals[n];
    if (!proposal) return;
    picked = n;
    element.querySelectorAll(".offer").forEach((o, i) => o.setAttribute("aria-pressed", String(i === n)));
    const reason = area("更正理由", `采纳核对建议：${proposal.why}`);
    draw("采纳建议", [...replaced(instead("corrections", proposal.changes)), reason.label], () => save("correct", { changes: proposal.changes, reason: reason.field.value }), reason.field);
    preview(proposal.changes);
  }

  function correctCell(cell) {
    const cells = near(cell);
    if (!cells.length) return;
    let at = cells[0];
    const which = h("select", {}, cells.map((c, n) => h("option", { value: String(n) }, `${c.label}（现为 ${c.guard || "空白"}）`)));
    const box = h("div", {});
    const reason = input("更正理由", said.get(item.unit) || "", "如：县局6月3日来电更正");
    let typed = null;
    const changes = () => [{ form: at.form, row: at.row, field: at.field, old: at.guard, new: typed.value }];
    const turnTo = (n) => {
      at = cells[n];
      const made = at.choices && at.choices.length ? choice(at) : input("应为", "");
      typed = made.field;
      typed.addEventListener("input", () => preview(changes()));
      fill(box, replaced(instead("corrections", [at])), made.label);
    };
    which.addEventListener("change", () => turnTo(Number(which.value)));
    turnTo(0);
    draw("更正", [h("label", {}, "哪一格", which), box, reason.label], () => {
      said.set(item.unit, reason.field.value);
      save("correct", { changes: changes(), reason: reason.field.value });
    }, typed);
  }

  // The cell asked for first, then the others of its row, and of its column in a form with fixed rows.
  function near(cell) {
    const every = Object.values(evidence.targets || {});
    const [lit] = (evidence.sheet && evidence.sheet.lit) || [];
    const lead = cell || (lit && evidence.targets[lit.join()]) || every.find((c) => c.row === item.members[0].row && c.form === item.form);
    if (!lead) return [];
    const column = every.filter((c) => c.form === lead.form && c.field === lead.field && evidence.units.length);
    const row = every.filter((c) => c.form === lead.form && c.row === lead.row);
    const places = new Map([lead, ...row, ...column].map((c) => [`${c.row} ${c.field}`, c]));
    return [...places.values()];
  }

  function choice(cell) {
    const field = h("select", {}, h("option", { value: "" }, "（空白）"), cell.choices.map((c) => h("option", { value: c }, c)));
    return { field, label: h("label", {}, "应为", field) };
  }

  function explain(text) {
    const said = area("说明（具体原因和依据）", text || "");
    draw("说明", [...replaced(instead("explanations")), said.label], () => save("explain", { text: said.field.value }), said.field);
  }

  function ask() {
    const said = area("问什么", item.members[0].message);
    const channel = h("select", {}, ["书面", "电话", "当面", "反馈文件"].map((c) => h("option", { value: c }, c)));
    const asked = h("button", { type: "button", onclick: () => save("answer", { text: said.field.value, channel: channel.value }) }, "记为单位的答复");
    const others = desk.data.items.filter((i) => i !== item && i.unit === item.unit && i.form === item.form && ["new", "open"].includes(i.state));
    const all = h("input", { type: "checkbox" });
    const together = others.length ? h("label", { class: "carried" }, all, `同一张表另 ${others.length} 条未处理的一并询问，各用各的问题作问话`) : "";
    const send = async () => {
      const more = all.checked ? others : [];
      const names = item.members.map((m) => m.name);
      if (!(await save("ask", { text: said.field.value, channel: channel.value }, more.length > 0))) return;
      for (const other of more) if (!(await put(other, channel.value))) return;
      if (more.length) desk.say({ fact: `已询问${item.unitName} ${more.length + 1} 条（${names.length + more.reduce((n, o) => n + o.members.length, 0)} 处）`, remedy: "" });
      if (more.length) desk.next(true);
    };
    draw("询问单位", [asked_(), said.label, h("label", {}, "方式", channel), together, asked], send, said.field);
  }

  function asked_() {
    const last = instead("queries").at(-1);
    return last ? h("p", { class: "replaced" }, `${last.when} ${last.who}已记${last.what}：${last.says}`) : "";
  }

  function dismiss() {
    const said = area("为什么不是问题", "");
    draw("不是问题", [...replaced(instead("explanations")), said.label], () => save("dismiss", { text: said.field.value }), said.field);
  }

  function remember() {
    const lesson = evidence.lesson;
    if (!lesson) return;
    const means = h("select", { required: true }, h("option", { value: "" }, "请选择"), lesson.options.map(([value, label]) => h("option", { value }, label)));
    const whose = h("select", {}, h("option", { value: "unit" }, `只${item.unitName}`), h("option", { value: "" }, "所有单位"));
    const effect = h("p", { class: "quiet" });
    const tell = () => {
      const places = lesson.alike[whose.value === "unit" ? 0 : 1];
      fill(effect, `本期有 ${places} 处这样写，重新核对（R）后都照此读取，以后各期也一样；每处有一条提示，可撤销（U）。`);
    };
    whose.addEventListener("change", tell);
    tell();
    const parts = [h("p", {}, `${lesson.kind}“${lesson.written}”`), h("label", {}, "就是", means), h("label", {}, "适用", whose), effect];
    draw("记住写法", parts, () => save("remember", { means: means.value, everywhere: whose.value === "" }), means);
  }

  function drop(line) {
    let chosen = line || evidence.lines[0];
    const which = h("select", { onchange: (e) => (chosen = evidence.lines[Number(e.target.value)]) }, evidence.lines.map((l, n) => h("option", { value: String(n), selected: l.name === chosen.name }, `${l.what} ${l.where}：${l.says}`)));
    draw("删去本局的一行", [evidence.lines.length > 1 ? h("label", {}, "哪一行", which) : h("p", {}, `${chosen.what} ${chosen.where}：${chosen.says}`), h("p", { class: "quiet" }, "从本局的文件中删去，重新核对（R）后不再起作用；可以撤销（U）。")], () => save("drop", { line: chosen.name }), null, "删去");
  }

  // The lines of ours that stand where one writes now: they are replaced.
  function instead(file, cells) {
    const there = (l) => l.file === file && (!cells || cells.some((c) => [c.form, c.row, c.field].join() === l.cell.join()));
    return (evidence.lines || []).filter(there);
  }

  function replaced(lines) {
    return lines.map((l) => h("p", { class: "replaced" }, `保存后代替${l.who || "手工"} ${l.when} 写的${l.what}：${l.says}`));
  }

  function input(label, value, hint) {
    const field = h("input", { type: "text", value, placeholder: hint, autocomplete: "off" });
    return { field, label: h("label", {}, label, field) };
  }

  function area(label, value) {
    const field = h("textarea", { rows: 2, value });
    return { field, label: h("label", {}, label, field) };
  }

  function draw(title, parts, submit, focus, word = "保存") {
    const preview_ = h("div", { class: "effect", "aria-live": "polite" });
    const saving = submit ? h("p", { class: "save" }, h("button", { type: "submit", class: "primary" }, word, key("Enter")), h("button", { type: "button", onclick: close }, "取消", key("Esc"))) : "";
    const drawn = h("form", { "aria-label": title, onsubmit: (e) => (e.preventDefault(), submit && submit()) }, h("h3", {}, title), ...parts, preview_, saving);
    drawn.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.shiftKey && !e.isComposing && ["TEXTAREA", "SELECT"].includes(e.target.tagName)) {
        e.preventDefault();
        drawn.requestSubmit();
      }
    });
    fill(form, drawn);
    foresight.forget();
    focus = focus || drawn.querySelector("[type=submit]");
    if (focus) {
      focus.focus();
      if (focus.select) focus.select();
    }
    drawn.scrollIntoView({ block: "nearest" });
  }

  // The column beside is added up with what is typed.
  function liveSum(changes) {
    const shown = element.querySelector("[data-column]");
    const typed = changes.find((c) => evidence.column && evidence.cell && c.row === evidence.column.at && c.field === evidence.cell.field);
    if (shown && typed) shown.replaceWith(column(evidence.column, typed.new));
  }

  async function save(ask_, more, waits = false) {
    const button = form.querySelector("[type=submit]");
    if (button) button.disabled = true;
    const whole = ask_ === "correct" ? await foresight.agreed(more) : more;
    if (!whole) return void (button.disabled = false);
    more = whole;
    const names = item.members.map((m) => m.name);
    const files = { correct: "corrections", explain: "explanations", dismiss: "explanations", remember: "mappings" };
    const seen = instead(files[ask_], more.changes).map((l) => l.name);
    const answer = await desk.ask({ ask: ask_, names, instead: seen, ...more });
    if (button) button.disabled = false;
    if (answer.error) return void desk.say(answer.error, true);
    form.replaceChildren();
    desk.say({ fact: answer.told, remedy: "" });
    desk.settled(answer);
    if (!waits) desk.next(true);
    return true;
  }

  // The question of another entry of the same form, in its own words.
  async function put(other, channel) {
    const answer = await desk.ask({ ask: "ask", names: other.members.map((m) => m.name), text: other.members[0].message, channel });
    if (answer.error) return void desk.say(answer.error, true);
    desk.settled(answer);
    return true;
  }

  return { element, show, open, close, accept, correctCell };
}
