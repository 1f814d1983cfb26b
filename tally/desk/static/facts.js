// What else is known of the cell: how it was read, the other periods and units, what the summary states.

function facts(desk, evidence, item) {
  const parts = [];
  if (evidence.cuts.length > 1) parts.push(cuts(evidence.cuts));
  else if (evidence.cut) parts.push(fact("扫描件上的这一格", h("img", { class: "cut", src: evidence.cut, alt: "扫描件上这一格的截图" })));
  if (evidence.column) parts.push(column(evidence.column));
  if (evidence.cell) parts.push(readAs(evidence.cell));
  if (evidence.stated.length) parts.push(stated(evidence.stated));
  if (evidence.periods.length > 1) parts.push(periods(evidence));
  if (evidence.versions && evidence.versions.length) parts.push(versions(evidence.versions));
  if (evidence.units.length) parts.push(units(evidence, item));
  if (evidence.log && evidence.log.length) parts.push(log(evidence.log));
  return parts;
}

// What the bureau itself wrote about this place, each line with the way to take it back.
function written(lines, drop) {
  if (!lines || !lines.length) return "";
  const rows = lines.map((l) => h("p", { "data-line": l.name }, h("b", {}, `${l.what} `), `${l.where ? `${l.where}：` : ""}${l.says}`, h("small", {}, ` ${l.who || "手工"} ${l.when}`), h("button", { type: "button", onclick: () => drop(l) }, `删去这条${l.what}`)));
  return h("section", { class: "written", "aria-label": "本局写过的" }, h("h3", {}, "本局写过的"), rows);
}

function cuts(pictures) {
  const rows = pictures.map((p) => h("tr", {}, h("th", { scope: "row" }, p.label), h("td", {}, h("img", { class: "cut", src: p.src, alt: `${p.label}的截图` })), h("td", {}, p.text)));
  return fact("扫描件上的这一条", h("table", { class: "small" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "栏目"), h("th", { scope: "col" }, "原图"), h("th", { scope: "col" }, "识别为"))), h("tbody", {}, rows)));
}

function fact(title, ...children) {
  return h("section", { class: "fact" }, h("h3", {}, title), ...children);
}

// Added up anew while a number is typed: `typed` is the text in the place of the cell looked at, undefined as long as nothing is.
function column(c, typed) {
  const text = (value, name) => (typed !== undefined && name === c.at ? typed : value);
  const sum = c.parts.length ? total(c.parts.map(([name, , value]) => text(value, name))) : c.sum;
  const stands = c.isTotal && typed !== undefined ? typed : c.total;
  const rows = c.parts.map(([name, label, value]) => h("tr", { class: name === c.at ? "now" : null }, h("th", { scope: "row" }, label), h("td", {}, text(value, name))));
  const gap = c.total === "" ? "" : total([stands, `-${sum}`.replace("--", "")]);
  const last = c.parts.length ? [h("tr", {}, h("th", { scope: "row" }, "各类之和"), h("td", {}, sum)), h("tr", { class: c.isTotal ? "now" : null }, h("th", { scope: "row" }, "合计填报"), h("td", {}, stands || "空白"))] : [h("tr", {}, h("th", { scope: "row" }, `${c.records} 条之和`), h("td", {}, sum))];
  const said = gap === "" ? "" : h("p", { class: gap === "0" ? "good" : "bad" }, gap === "0" ? "合计与各类之和一致" : `相差 ${gap}`);
  const made = fact(`${c.label}${c.unit ? `（${c.unit}）` : ""}合计`, h("table", { class: "small" }, h("tbody", {}, rows, last)), said);
  made.dataset.column = c.label;
  return made;
}

// Decimal texts added without the errors of binary fractions.
function total(texts) {
  const clean = texts.map((t) => String(t).trim().replaceAll(",", ""));
  const places = Math.max(0, ...clean.map((t) => (t.split(".")[1] || "").length));
  const sum = clean.reduce((s, t) => s + Math.round((Number(t) || 0) * 10 ** places), 0);
  return String(sum / 10 ** places);
}

function readAs(cell) {
  const line = h("p", {}, `${cell.label}：原文 `, h("q", {}, cell.raw || "空白"), "，读作 ", h("b", {}, cell.value ? `${cell.value}${cell.unit}` : "空白"), `（${cell.state}）`);
  return fact("怎样读的", line, ...cell.remarks.map((r) => h("p", { class: "quiet" }, r)), h("p", { class: "quiet" }, cell.address));
}

function stated(sentences) {
  return fact("工作总结里的说法", ...sentences.slice(0, 3).map((s) => h("blockquote", {}, ...around(s.sentence, s.written))));
}

function around(text, part) {
  const at = text.indexOf(part);
  return at < 0 ? [text] : [text.slice(0, at), h("mark", {}, part), text.slice(at + part.length)];
}

function periods(evidence) {
  const rows = evidence.periods.map((p) => h("tr", { class: p.now ? "now" : null }, h("th", { scope: "row" }, p.period), h("td", {}, p.missing ? "未报" : p.unsure ? "有几条同名，对不上是哪一条" : p.value || "空白")));
  return fact("各期同一格", h("table", { class: "small" }, h("tbody", {}, rows)));
}

function versions(sent) {
  const rows = sent.map((v, n) => h("tr", { class: n === sent.length - 1 ? "now" : null }, h("th", { scope: "row" }, v.received, h("small", {}, ` ${v.file}`)), h("td", {}, v.value || "空白")));
  return fact("本单位各次报送的同一格", h("table", { class: "small" }, h("tbody", {}, rows)));
}

function units(evidence, item) {
  const numbers = evidence.units.map((u) => Math.abs(parseFloat(u.value)) || 0);
  const most = Math.max(...numbers, 1e-9);
  const rows = evidence.units.map((u, n) => {
    const bar = h("span", { class: "meter" });
    bar.style.setProperty("--part", String(Math.sqrt(numbers[n] / most)));
    return h("tr", { class: u.unit === item.unit ? "now" : null }, h("th", { scope: "row" }, u.name), h("td", {}, u.value || "空白"), h("td", { class: "bars", "aria-hidden": "true" }, bar));
  });
  return fact("各单位同一格", h("table", { class: "small" }, h("tbody", {}, rows)));
}

function log(lines) {
  return fact("询问和答复", ...lines.map((l) => h("p", {}, h("b", {}, l.what), ` ${l.when} ${l.channel} ${l.who}：${l.text}`)));
}
