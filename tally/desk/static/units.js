// Sign-off, unit by unit: what is open, who accepted the figures and whether they are still the same; how often rules prove true.

const SIGNED = { "": "未认可", accepted: "已认可", changed: "认可后有变化，需重新认可" };

function makeUnits(desk) {
  const element = h("section", { class: "view units", "aria-label": "各单位的认可", hidden: true });
  let whose = ""; // of which unit our lines are listed

  async function open() {
    const answer = await desk.ask({ ask: "units" });
    if (answer.error) return fill(element, h("p", { class: "empty bad" }, `${answer.error.fact} ${answer.error.remedy}`));
    return draw(answer);
  }

  function draw(answer) {
    const ready = answer.units.filter((u) => u.state !== "accepted" && !u.errors).map((u) => u.unit);
    const all = ready.length > 1 ? h("button", { type: "button", onclick: () => sign("accept", ready) }, `认可其余没有差错的 ${ready.length} 个单位`) : "";
    const heads = ["单位", "差错", "疑点", "认可", ""].map((t) => h("th", { scope: "col" }, t));
    const table = h("table", { class: "listing" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, answer.units.map(row)));
    const count = answer.units.filter((u) => u.state === "accepted").length;
    const lead = h("p", {}, h("b", {}, `${count} / ${answer.units.length}`), " 个单位的数已认可。数或问题有任何变化，认可自动失效。");
    fill(element, h("h2", {}, "各单位的认可"), lead, h("p", {}, all), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "各单位" }, table), ...lines(answer), ...verdicts(answer.verdicts));
  }

  function row(u) {
    const who = u.state ? `${u.who} ${u.when}` : "";
    const act = u.state === "accepted" ? h("button", { type: "button", "aria-label": `撤回对${u.name}的认可`, onclick: () => sign("withdraw", [u.unit]) }, "撤回") : h("button", { type: "button", class: u.errors ? null : "primary", "aria-label": `认可${u.name}`, onclick: () => sign("accept", [u.unit]) }, "认可");
    const state = h("td", { class: u.state === "changed" ? "bad" : u.state ? "good" : "quiet" }, SIGNED[u.state], " ", h("small", {}, who));
    return h("tr", {}, h("th", { scope: "row" }, u.name), h("td", { class: "number" }, String(u.errors)), h("td", { class: "number" }, String(u.warnings)), state, h("td", {}, act));
  }

  // Whatever we wrote in this period, explained away or not: each line can be taken back here too.
  function lines(answer) {
    if (!answer.lines.length) return [];
    const units = new Map(answer.units.map((u) => [u.unit, u.name]));
    const listed = answer.lines.filter((l) => !whose || l.unit === whose);
    const pick = h("select", { "aria-label": "单位", onchange: (e) => ((whose = e.target.value), draw(answer)) }, h("option", { value: "" }, "单位：全部"), [...units].map(([code, name]) => h("option", { value: code, selected: code === whose }, name)));
    const rows = listed.map((l) => h("tr", {}, h("th", { scope: "row" }, units.get(l.unit) || l.unit || "所有单位"), h("td", {}, l.what), h("td", {}, l.where), h("td", {}, l.says), h("td", {}, h("small", {}, `${l.who || "手工"} ${l.when}`)), h("td", {}, h("button", { type: "button", "aria-label": `删去第 ${l.number} 行的${l.what}`, onclick: () => drop(l) }, "删去"))));
    const heads = ["单位", "类别", "哪一处", "内容", "谁、何时", ""].map((t) => h("th", { scope: "col" }, t));
    return [h("h2", {}, "本局写过的"), h("p", {}, pick, h("span", { class: "quiet" }, ` 共 ${listed.length} 行；删去的可以撤销（U），重新核对（R）后不再起作用`)), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "本局写过的" }, h("table", { class: "listing lines" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)))];
  }

  async function drop(line) {
    const answer = await desk.ask({ ask: "drop", names: [], line: line.name });
    if (answer.error) return desk.say(answer.error, true);
    desk.say({ fact: answer.told, remedy: "" });
    desk.settled(answer);
    return draw(answer.units);
  }

  // What a rule finds, from one of its findings: without the figures and names of that one.
  function plainly(message) {
    return message.replace(/【已说明.*】/, "").replace(/[（(][^）)]*[）)]/g, "").replace(/[-0-9.,]+/g, "…").slice(0, 40);
  }

  function verdicts(rules) {
    if (!rules.length) return [];
    const rows = rules.map(([rule, yes, answered, example]) => h("tr", {}, h("th", { scope: "row" }, example ? plainly(example) : rule, h("small", {}, ` ${rule}`)), h("td", { class: "number" }, `${yes} / ${answered}`), h("td", { class: "number" }, `${Math.round((100 * yes) / answered)}%`)));
    const heads = ["规则", "确是差错 / 有答复", "证实率"].map((t) => h("th", { scope: "col" }, t));
    return [h("h2", {}, "哪些规则找到过差错"), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "证实率" }, h("table", { class: "listing" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)))];
  }

  async function sign(what, units) {
    const answer = await desk.ask({ ask: what, units });
    if (answer.error) return desk.say(answer.error, true);
    desk.say({ fact: answer.told, remedy: "" });
    desk.settled(answer);
    return draw(answer);
  }

  return { element, open };
}
