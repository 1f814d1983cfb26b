// The report as it was made last: a paragraph, a cell or a figure is clicked and a remark written; the remarks beside it.

function makeReport(desk) {
  const paper = h("div", { class: "paper scroll", tabindex: 0, role: "region", "aria-label": "报告全文" });
  const side = h("div", { class: "remarks" });
  const element = h("section", { class: "view report", "aria-label": "报告和审核意见", hidden: true }, paper, side);
  let remarks = [];
  let picked = null; // { heading, quote, figure }

  async function open(number) {
    fill(paper, h("p", { class: "empty" }, "正在打开报告……"));
    const answer = await desk.ask({ ask: "report" });
    if (answer.error) {
      fill(side);
      return fill(paper, h("p", { class: "empty bad" }, `${answer.error.fact} ${answer.error.remedy}`));
    }
    remarks = answer.remarks;
    fill(paper, answer.stale ? h("p", { class: "bad" }, answer.stale) : "", answer.released ? h("p", { class: "good" }, answer.released) : "", answer.blocks.map(block));
    drawSide();
    return number && show(number);
  }

  function block(b) {
    if (b.kind === "title") return h("header", {}, h("h2", { class: "title" }, b.text), b.lines.map((l) => h("p", { class: "quiet" }, l)));
    if (b.kind === "heading") return h(b.level > 1 ? "h4" : "h3", {}, b.text);
    if (b.kind === "paragraph") return passage(h("p", { class: `as-${b.style}` }, b.runs.map((r) => run(r, b.heading))), b.heading);
    if (b.kind === "chart") return h("figure", {}, h("img", { src: `data:image/svg+xml;base64,${b.svg}`, alt: b.alt }), passage(h("figcaption", {}, b.text), b.heading));
    return table(b);
  }

  function run([text, figure, kind], heading) {
    if (!figure) return kind === "todo" ? h("mark", {}, text) : kind ? h("span", { class: kind }, text) : text;
    return h("button", { type: "button", class: `figure ${kind}`, "data-figure": figure, onclick: (e) => (e.stopPropagation(), pick(heading, text, figure, e.target)) }, text);
  }

  function passage(made, heading) {
    made.classList.add("passage");
    made.tabIndex = 0;
    const chosen = () => pick(heading, selected(made) || made.textContent, "", made);
    made.addEventListener("click", chosen);
    made.addEventListener("keydown", (e) => e.key === "Enter" && e.target === made && (e.preventDefault(), chosen()));
    return made;
  }

  function selected(inside) {
    const range = window.getSelection();
    return range && range.rangeCount && inside.contains(range.anchorNode) ? range.toString().trim() : "";
  }

  function table(b) {
    const line = (tag) => (row) => h("tr", {}, row.map(([text, figure, kind, colspan, rowspan]) => h(tag, { colspan: colspan > 1 ? colspan : null, rowspan: rowspan > 1 ? rowspan : null, class: kind === "doubt" ? null : kind || null }, figure || kind === "doubt" ? run([text, figure, kind], b.text || b.heading) : text)));
    return h("figure", {}, passage(h("figcaption", {}, b.text || b.heading, b.unit ? `（单位：${b.unit}）` : ""), b.heading), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": b.text || "表" }, h("table", { class: "listing" }, h("thead", {}, b.head.map(line("th"))), h("tbody", {}, b.body.map(line("td"))))), b.note ? h("p", { class: "quiet" }, b.note) : "");
  }

  function pick(heading, quote, figure, at) {
    picked = { heading, quote, figure };
    for (const old of paper.querySelectorAll(".picked")) old.classList.remove("picked");
    at.classList.add("picked");
    drawSide();
    const field = side.querySelector("textarea");
    if (field) field.focus();
  }

  function drawSide() {
    const count = remarks.filter((r) => r.open).length;
    fill(side, h("h2", {}, "审核意见"), writer(), h("p", { class: "quiet" }, remarks.length ? `共 ${remarks.length} 条，未办结 ${count} 条${count ? "；全部办结后才能发布" : ""}` : "点报告中的一段或一个数，写下意见"), remarks.map(entry));
  }

  function writer() {
    if (!picked) return "";
    const text = h("textarea", { rows: 3, "aria-label": "意见" });
    const send = (e) => (e.preventDefault(), save({ ask: "remark", ...picked, text: text.value }));
    return h("form", { onsubmit: send, onkeydown: onEnter }, h("p", { class: "quiet" }, picked.heading), h("blockquote", {}, picked.quote.slice(0, 160)), h("label", {}, "意见", text), h("p", { class: "save" }, h("button", { type: "submit", class: "primary" }, "提出意见"), h("button", { type: "button", onclick: () => ((picked = null), drawSide()) }, "取消")));
  }

  function entry(r) {
    const body = [h("p", { class: "quiet" }, `${r.heading}`), h("blockquote", {}, r.quote.slice(0, 160)), h("p", {}, h("b", {}, r.text), ` （${r.who}，${r.when}）`)];
    if (!r.open) return h("article", { class: "remark", "data-number": r.number }, body, h("p", { class: "good" }, `已办结：${r.answer}（${r.settled_by}，${r.settled_on}）`));
    const word = h("input", { type: "text", placeholder: "如：已更正", "aria-label": `怎样办的：${r.text}` });
    const send = (e) => (e.preventDefault(), save({ ask: "settle", number: r.number, text: word.value }));
    return h("article", { class: "remark open", "data-number": r.number }, body, h("form", { onsubmit: send }, h("div", { class: "save" }, word, h("button", { type: "submit" }, "办结"))));
  }

  function onEnter(e) {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.target.tagName === "TEXTAREA") {
      e.preventDefault();
      e.currentTarget.requestSubmit();
    }
  }

  async function save(request) {
    const answer = await desk.ask(request);
    if (answer.error) return desk.say(answer.error, true);
    remarks = answer.every;
    if (request.ask === "remark") picked = null;
    desk.say({ fact: answer.told, remedy: "" });
    desk.settled(answer);
    return drawSide();
  }

  function show(number) {
    const at = side.querySelector(`[data-number="${CSS.escape(number)}"]`);
    if (at) {
      at.scrollIntoView({ block: "nearest" });
      const field = at.querySelector("input");
      if (field) field.focus();
    }
  }

  return { element, open };
}
