// The unit's own sheet: merged as it was, struck, hidden and commented cells shown as such, the cell in question lit.

const GONE_LOOKS = new Set(["struck", "deleted"]); // pieces of a text that are crossed out

function makeSheet(desk) {
  const element = h("section", { class: "sheet", "aria-label": "上报原表" });

  function spans(sheet) {
    const at = new Map(sheet.rows.map((row, n) => [row.n, n]));
    const heads = new Map();
    const covered = new Set();
    for (const [top, left, bottom, right] of sheet.merges) {
      const last = Math.min(bottom, sheet.rows.at(-1).n);
      heads.set(`${top},${left}`, [last - top + 1, right - left + 1]);
      for (let r = top; r <= last; r += 1) {
        for (let c = left; c <= right; c += 1) if ((r !== top || c !== left) && at.has(r)) covered.add(`${r},${c}`);
      }
    }
    return { heads, covered };
  }

  function cell(sheet, row, c, span, lit, targets) {
    const place = `${row.n},${c}`;
    const mark = row.marks[c] || {};
    const target = targets[place];
    const n = lit.findIndex(([r, k]) => r === row.n && k === c);
    const classes = [n === 0 && "lit", n > 0 && "also", mark.struck && "struck", mark.unseen && "unseen", target && "read", target && target.repaired && "repaired"];
    const attributes = { class: classes.filter(Boolean).join(" ") || null, title: target && target.repaired ? `读作 ${target.value}` : null };
    if (span) Object.assign(attributes, { rowspan: span[0], colspan: span[1] });
    if (target) attributes.ondblclick = () => desk.panel.correctCell(target);
    const made = h("td", attributes, ...texts(row.cells[c], mark));
    if (row.fills[c]) made.style.setProperty("--fill", row.fills[c]);
    if (row.fills[c]) made.classList.add("filled");
    if (n >= 0) made.setAttribute("aria-label", `${sheet.columns[c]}${row.n + 1}：${row.cells[c] || "空白"}，问题所在`);
    return made;
  }

  function texts(text, mark) {
    const parts = [];
    if (mark.runs) parts.push(...mark.runs.map(([piece, look]) => h(GONE_LOOKS.has(look) ? "s" : "span", { class: look || null }, piece)));
    else parts.push(text);
    if (mark.comment) parts.push(h("span", { class: "comment", title: mark.comment, "aria-label": `批注：${mark.comment}` }, "批"));
    if (mark.formula) parts.push(h("span", { class: "formula", title: mark.formula, "aria-label": `公式 ${mark.formula}` }, "ƒ"));
    return parts;
  }

  function head(sheet) {
    const hidden = new Set(sheet.hiddenColumns);
    const letters = sheet.columns.map((letter, c) => h("th", { scope: "col", class: hidden.has(c) ? "hidden-col" : null }, letter));
    return h("thead", {}, h("tr", {}, h("th", { class: "corner", "aria-label": "行号" }), letters));
  }

  function body(sheet, targets) {
    const { heads, covered } = spans(sheet);
    const rows = [];
    let last = -1;
    for (const row of sheet.rows) {
      if (row.n > last + 1) rows.push(h("tr", { class: "gap" }, h("td", { colspan: sheet.width + 1 }, `…… 第 ${last + 2}—${row.n} 行未显示 ……`)));
      last = row.n;
      const cells = [];
      for (let c = 0; c < sheet.width; c += 1) {
        if (!covered.has(`${row.n},${c}`)) cells.push(cell(sheet, row, c, heads.get(`${row.n},${c}`), sheet.lit, targets));
      }
      rows.push(h("tr", { class: row.hidden ? "hidden-row" : null }, h("th", { scope: "row" }, String(row.n + 1)), cells));
    }
    return h("tbody", {}, rows);
  }

  function table(sheet, targets) {
    const remarks = [];
    if (sheet.hidden) remarks.push("这张工作表是隐藏的");
    if (sheet.rows.some((r) => r.hidden)) remarks.push("浅色斜纹的行在原表中是隐藏的");
    if (sheet.hiddenColumns.length) remarks.push("浅色斜纹的列在原表中是隐藏的");
    const whole = h("table", {}, head(sheet), body(sheet, targets));
    return [
      h("p", { class: "where" }, h("b", {}, sheet.file), sheet.sheet ? `　${sheet.sheet}` : "", h("span", { class: "quiet" }, remarks.length ? `　${remarks.join("；")}` : "")),
      sheet.before.length ? h("p", { class: "around" }, sheet.before.join("　")) : "",
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "原表，可滚动" }, whole),
      sheet.after.length ? h("p", { class: "around" }, sheet.after.join("　")) : "",
    ];
  }

  function text(document_) {
    const marked = document_.paragraphs.map((p) => {
      const at = document_.marked ? p.indexOf(document_.marked) : -1;
      if (at < 0) return h("p", {}, p);
      return h("p", {}, p.slice(0, at), h("mark", {}, document_.marked), p.slice(at + document_.marked.length));
    });
    return [h("p", { class: "where" }, h("b", {}, document_.file)), h("div", { class: "scroll text", tabindex: 0, role: "region", "aria-label": "工作总结原文" }, marked)];
  }

  function show(evidence, item) {
    if (evidence.text) fill(element, ...text(evidence.text));
    else if (evidence.sheet) fill(element, ...table(evidence.sheet, evidence.targets || {}));
    else if (evidence.beginning.length) {
      fill(element, h("p", { class: "where" }, h("b", {}, item.members[0].place[0]), "　文件的开头"), h("pre", { class: "scroll", tabindex: 0 }, evidence.beginning.join("\n")));
    } else fill(element, h("p", { class: "empty" }, item.members[0].place[0] ? `找不到原文件 ${item.members[0].place[0]}，或它已无法打开` : "这一条没有对应的文件"));
    const lit = element.querySelector(".lit") || element.querySelector("mark");
    if (lit) centre(lit);
  }

  function centre(lit) {
    const box = lit.closest(".scroll");
    box.scrollLeft = 0; // the names of the rows stay in sight wherever the cell does
    const [inner, outer] = [lit.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
    if (inner.right > outer.right) box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }

  return { element, show, busy: () => element.setAttribute("aria-busy", "true"), ready: () => element.removeAttribute("aria-busy") };
}
