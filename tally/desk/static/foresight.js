// What the change that is typed would do, told before it is saved; a change that does only harm is asked about twice.

const TYPING = 120; // milliseconds without a key before what is typed is looked at

function makeForesight(desk, item, form, live) {
  let turn = 0;
  let foreseen = null; // the promise of what the changes typed last would do; null where nothing is changed
  let asked = false; // whether it was said that the change does only harm

  function forget() {
    turn += 1;
    foreseen = null;
    asked = false;
  }

  function look(changes, totals = true) {
    turn += 1;
    foreseen = told(changes, totals, turn);
  }

  async function told(changes, totals, mine) {
    await new Promise((typed) => setTimeout(typed, TYPING));
    if (mine !== turn) return foreseen;
    const answer = await desk.ask({ ask: "effect", name: item().name, changes, totals });
    if (mine !== turn) return foreseen;
    const box = form().querySelector(".effect");
    if (!box) return null;
    asked = false;
    named("保存");
    if (answer.error) {
      fill(box, h("p", { class: "bad" }, `${answer.error.fact} ${answer.error.remedy}`));
      return null;
    }
    live(changes);
    const moved = answer.moved.map((m) => h("p", {}, `${m.label}：${m.before} → `, h("b", {}, m.after), m.unit));
    const gone = answer.solved.map((m) => h("p", { class: "good" }, `消除：${m}`));
    const come = answer.raised.map((m) => h("p", { class: "bad" }, `新增：${m}`));
    const here = (s) => changes.some((c) => c.row === s.row && c.field === s.field);
    const left = answer.stays.filter(here).map((s) => h("p", { class: "bad" }, `仍有：${s.message}`));
    const nothing = moved.length + gone.length + come.length + left.length ? "" : h("p", { class: "quiet" }, "不影响汇总数，也不消除或产生别的问题");
    fill(box, carried(answer.more, changes, totals), moved, answer.sums.map(sum), gone, come, left, nothing);
    return { changes: totals ? [...changes, ...answer.more] : changes, harm: come.length + left.length > 0 && !gone.length };
  }

  function sum(s) {
    const said = `${s.label}：各类之和 ${s.parts}，合计 ${s.total}`;
    if (s.gap === "0") return h("p", { class: "good" }, `${said}，一致`);
    if (!s.fault) return h("p", { class: "quiet" }, `${said}（这一栏不按各类之和核对，不算差错）`);
    return h("p", { class: "bad" }, `${said}，相差 ${s.gap || "—"}`);
  }

  // A total that agreed with its parts before follows them, unless one says not.
  function carried(more, changes, totals) {
    return more.map((c) => h("label", { class: "carried" }, h("input", { type: "checkbox", checked: totals, onchange: (e) => look(changes, e.target.checked) }), `${c.label}同时改为 ${c.new}（原为 ${c.old}，与各类之和一致）`));
  }

  function named(word) {
    const button = form().querySelector("[type=submit]");
    if (button) button.firstChild.textContent = word;
  }

  // What is to be saved, with the totals that follow; null where one has to say once more that it is meant.
  async function agreed(request) {
    const effect = await foreseen;
    if (!effect) return request;
    if (effect.harm && !asked) {
      asked = true;
      named("仍要保存");
      desk.say({ fact: "这样改不消除任何问题，还没有保存", remedy: "确要这样改，请再按一次 Enter" }, true);
      return null;
    }
    return { ...request, changes: effect.changes };
  }

  return { look, forget, agreed };
}
