// The report's own text: every heading it has, one at a time, with last period's words and what the units say beside it.

function makeText(desk) {
  const heads = h("ol", { class: "heads" });
  const page = h("div", { class: "writing" });
  const beside = h("div", { class: "beside" });
  const element = h("section", { class: "view text", "aria-label": "报告里的文字", hidden: true }, h("nav", { "aria-label": "标题" }, heads), page, beside);
  let parts = [];
  let at = 0;
  const drafts = new Map(); // heading -> what is typed and not saved
  const before = new Map(); // heading -> what was saved before, the latest last

  async function open() {
    const answer = await desk.ask({ ask: "text" });
    if (answer.error) return fill(page, h("p", { class: "empty bad" }, `${answer.error.fact} ${answer.error.remedy}`));
    parts = answer.parts;
    drawHeads();
    return draw();
  }

  function drawHeads() {
    const lines = parts.map((p, n) => {
      const state = drafts.has(p.heading) ? "未保存" : p.text ? "已写" : p.needed === false ? "程序已写，可不填" : "待补充";
      return h("li", {}, h("button", { type: "button", class: "entry", "aria-current": String(n === at), onclick: () => ((at = n), drawHeads(), draw()) }, h("span", {}, p.heading), h("small", { class: state === "已写" ? "good" : state === "未保存" ? "bad" : "quiet" }, ` ${state}`)));
    });
    const left = parts.filter((p) => !p.text && p.needed !== false).length;
    fill(heads, h("li", { class: "quiet" }, left ? `还有 ${left} 处待补充` : "没有待补充的"), lines);
  }

  function draw() {
    const part = parts[at];
    const field = h("textarea", { rows: 14, value: drafts.get(part.heading) ?? part.text, "aria-label": part.heading, placeholder: "一段写完空一行再写下一段" });
    field.addEventListener("input", () => {
      if (field.value === part.text) drafts.delete(part.heading);
      else drafts.set(part.heading, field.value);
      drawHeads();
    });
    const send = (e) => (e.preventDefault(), save(part, field.value));
    field.addEventListener("keydown", (e) => (e.ctrlKey || e.metaKey) && (e.key === "Enter" || e.key === "s") && send(e));
    const older = before.get(part.heading) || [];
    const back = older.length ? h("button", { type: "button", onclick: () => restore(part) }, "退回上次保存前的文字") : "";
    fill(page, h("form", { onsubmit: send }, h("h2", {}, part.heading), field, h("p", { class: "save" }, h("button", { type: "submit", class: "primary" }, "保存", key("Ctrl+Enter")), back, part.text === "" && part.last.text ? h("button", { type: "button", onclick: () => take(field, part.last.text) }, "从上期的文字改起") : "")));
    const last = part.last.text ? [h("h3", {}, `${part.last.period} 期写的`), h("blockquote", {}, part.last.text)] : [];
    const said = part.passages.map((p) => h("article", {}, h("p", {}, h("b", {}, p.unit), p.heading ? h("small", {}, ` ${p.heading}`) : ""), h("blockquote", {}, p.text), h("button", { type: "button", "aria-label": `引用${p.unit}的话`, onclick: () => take(field, p.quote) }, "引用")));
    fill(beside, ...last, h("h3", {}, said.length ? "各单位工作总结里的话" : "各单位的工作总结没有谈到"), ...said);
  }

  function take(field, text) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    const more = field.value.trim() ? `\n\n${text}` : text;
    if (!document.execCommand("insertText", false, more)) field.setRangeText(more); // the browser's own Ctrl+Z takes it back
    field.dispatchEvent(new Event("input"));
  }

  async function save(part, text) {
    const answer = await desk.ask({ ask: "write", heading: part.heading, text, before: part.text });
    if (answer.error) return desk.say(answer.error, true);
    if (answer.text !== part.text) before.set(part.heading, [...(before.get(part.heading) || []), part.text]);
    part.text = answer.text;
    drafts.delete(part.heading);
    desk.say({ fact: answer.told, remedy: "" });
    drawHeads();
    return draw();
  }

  // Back to what stood there before the last saving; that goes from the list, and what is typed meanwhile with it.
  async function restore(part) {
    const older = before.get(part.heading);
    const wanted = older[older.length - 1];
    await save(part, wanted);
    if (part.text === wanted) before.set(part.heading, older.slice(0, -1));
    return draw();
  }

  return { element, open, unsaved: () => drafts.size };
}
