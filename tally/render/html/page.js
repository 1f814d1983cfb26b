(async () => {
'use strict';
const make = (tag, text, attributes) => {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
  return e;
};
const say = text => { document.getElementById('tally-status').textContent = text; };

/* What is packed: JSON, deflated, in base 85 as Python writes it but with nothing that HTML could take for markup. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~';
function bytesOf(text) {
  const size = text.length, padded = `${text}~~~~`, view = new DataView(new ArrayBuffer(4 * Math.ceil(size / 5)));
  const digits = new Map([...DIGITS].map((c, i) => [c, i]));
  for (let i = 0; i < size; i += 5) {
    let value = 0;
    for (let k = i; k < i + 5; k++) value = 85 * value + digits.get(padded[k]);
    view.setUint32(i / 5 * 4, value);
  }
  return view.buffer.slice(0, size - Math.ceil(size / 5));
}
async function inflated(element) {
  const stream = new Blob([bytesOf(element.textContent)]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}
const folded = document.getElementById('tally-rows');
if (folded && window.DecompressionStream) {
  const rows = await inflated(folded);
  document.querySelectorAll('tbody[data-b]').forEach(body => {
    body.innerHTML = rows[+body.dataset.b];
    body.removeAttribute('data-b');
  });
}

/* A figure in a cell is a button only where it can be opened, that is, here. */
let counted = -1;
for (const cell of document.querySelectorAll('[data-f]')) {
  counted = +(cell.dataset.f || counted + 1); /* left out where figures are numbered in their order */
  if (cell.matches('button')) continue;
  const button = make('button', undefined, { 'data-f': counted });
  cell.removeAttribute('data-f');
  button.append(cell.firstChild);
  cell.prepend(button);
}
const nameOf = table => table.closest('[role=region]')?.getAttribute('aria-label') ?? '表格';

/* Whoever hears a number out of its table hears the row and the column it stands in. */
function placedCells(rows) {
  const taken = [], cells = [];
  rows.forEach((row, r) => {
    let c = 0;
    for (const cell of row.cells) {
      while ((taken[c] ?? 0) > r) c++;
      for (let at = c; at < c + cell.colSpan; at++) taken[at] = r + cell.rowSpan;
      cells.push([r, c, cell]);
      c += cell.colSpan;
    }
  });
  return cells;
}
function labelled(table) {
  const columns = [], names = [];
  for (const [, c, head] of placedCells([...table.tHead.rows])) {
    for (let at = c; at < c + head.colSpan; at++) (columns[at] ??= []).push(head.textContent.trim());
  }
  const cells = placedCells([...table.tBodies[0].rows]);
  for (const [r, , cell] of cells) {
    if (cell.matches('th')) for (let at = r; at < r + cell.rowSpan; at++) names[at] ??= cell.textContent.trim();
  }
  for (const [r, c, cell] of cells) {
    const button = cell.querySelector('button[data-f]'), link = cell.querySelector('a.more');
    const place = [names[r] ?? `第${r + 1}行`, (columns[c] ?? []).join(' ')].join('，');
    const doubt = cell.classList.contains('bad') ? '（存疑）' : '';
    if (button) button.setAttribute('aria-label', `${place}${doubt}：${button.textContent}`);
    if (link) link.setAttribute('aria-label', `${place}：明细`);
  }
}
document.querySelectorAll('main table').forEach(labelled);

/* Tables: sorted by the header's button, filtered by text and by the columns with few values. */
const NUMBER = /^([-+−]?\d[\d,，]*(?:\.\d+)?)\s*(?:[%％‰]|[^\d]*?)(?:（.*）)?$/;
const EMPTY = /^[-—–\/]*$/;
const numberIn = text => {
  const found = NUMBER.exec(text.trim());
  return found ? Number(found[1].replace(/[,，]/g, '').replace('−', '-')) : NaN;
};
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });
const textOf = (row, c) => (row.cells[c] ? row.cells[c].textContent.trim() : '');

function compareBy(rows, c, down) {
  const values = new Map(rows.map(r => [r, textOf(r, c)]));
  const filled = rows.filter(r => !EMPTY.test(values.get(r)));
  const numeric = filled.every(r => !Number.isNaN(numberIn(values.get(r))));
  return (a, b) => {
    const x = values.get(a), y = values.get(b), noX = EMPTY.test(x), noY = EMPTY.test(y);
    if (noX || noY) return noX - noY; /* what is empty stays last, up or down */
    const order = numeric ? numberIn(x) - numberIn(y) : collator.compare(x, y);
    return down ? -order : order;
  };
}

const columnOf = head => +(head.dataset.c ?? head.cellIndex);

function sortable(table) {
  const body = table.tBodies[0], all = [...body.rows];
  const rows = all.filter(r => !r.classList.contains('total'));
  const heads = [...table.tHead.querySelectorAll('th[class]')]; /* those right above a column */
  const name = nameOf(table);
  for (const head of heads) {
    const button = make('button', undefined, { type: 'button', class: 'sort' });
    const label = make('span');
    label.append(...head.childNodes);
    button.append(label);
    head.append(button);
    button.addEventListener('click', () => {
      const now = { ascending: 'descending', descending: '' }[head.getAttribute('aria-sort')] ?? 'ascending';
      heads.forEach(h => h.removeAttribute('aria-sort'));
      const order = now ? [...rows].sort(compareBy(rows, columnOf(head), now === 'descending')) : rows;
      const next = order[Symbol.iterator]();
      body.append(...all.map(r => (r.classList.contains('total') ? r : next.next().value)));
      if (now) head.setAttribute('aria-sort', now);
      say(`${name}：${now ? `按“${label.textContent}”${now === 'ascending' ? '升序' : '降序'}排列` : '恢复原顺序'}`);
    });
  }
  if (rows.length > 7) filterable(table, rows, heads, name);
}

function filterable(table, rows, heads, name) {
  const tools = make('div', undefined, { class: 'tools' });
  const labelled = (text, control) => {
    const label = make('label', text);
    label.append(control);
    tools.append(label);
    return control;
  };
  const words = labelled('筛选', make('input', undefined, { type: 'search', placeholder: '输入文字', 'aria-label': `筛选${name}` }));
  const picks = rows.length > 15 ? heads.reduce((made, head) => (made.length < 4 ? [...made, ...pick(head, rows, labelled)] : made), []) : [];
  const count = make('p', '', { class: 'count' });
  tools.append(count);
  table.closest('.scroll').before(tools);
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const r of rows) {
      const text = r.textContent.toLowerCase();
      r.hidden = !(wanted.every(w => text.includes(w)) && picks.every(([c, s]) => !s.value || textOf(r, c) === s.value));
      shown += !r.hidden;
    }
    count.textContent = shown === rows.length ? '' : `显示 ${shown} / ${rows.length} 行${rows.length < table.tBodies[0].rows.length ? '，合计仍为全部' : ''}`;
    say(count.textContent || `显示全部 ${rows.length} 行`);
  };
  tools.addEventListener('input', apply);
}

function pick(head, rows, labelled) {
  const c = columnOf(head), values = [...new Set(rows.map(r => textOf(r, c)))].filter(Boolean);
  if (values.length < 2 || values.length > 12 || values.length > rows.length / 2 || values.every(v => !Number.isNaN(numberIn(v)))) return [];
  const select = make('select');
  select.append(make('option', '全部', { value: '' }), ...values.sort(collator.compare).map(v => make('option', v)));
  return [[c, labelled(head.textContent, select)]];
}

document.querySelectorAll('table[data-sort]').forEach(sortable);
const contents = document.querySelector('.contents details');
if (contents && matchMedia('(max-width:1079px)').matches) contents.open = false;

/* Figures: a panel with the sum behind each, down to file, sheet and cell. */
const stored = document.getElementById('tally-figures');
if (!stored) return;
let figures;
const dialog = document.getElementById('tally-dialog'), back = dialog.querySelector('.back');
const title = dialog.querySelector('h2'), what = dialog.querySelector('.what');
const trail = [];
let opener = null;

const opens = (place, text, of) =>
  make('button', text, { type: 'button', 'data-f': place, 'aria-haspopup': 'dialog', 'aria-label': `${of}：${text}` });
const table = (heads, rows, caption) => {
  const t = make('table'), head = make('tr'), body = make('tbody');
  t.append(make('caption', caption), make('thead'), body);
  t.tHead.append(head);
  head.append(...heads.map(h => make('th', h, { scope: 'col' })));
  for (const cells of rows) {
    const row = make('tr');
    row.append(...cells.map(c => { const cell = make('td'); cell.append(c); return cell; }));
    body.append(row);
  }
  return t;
};

/* What is in doubt anywhere below a figure, each word once. */
function doubtsOf(parts, seen = new Set()) {
  return [...new Set(parts.flatMap(([, , place, cells]) => {
    const here = cells.flatMap(cell => cell[5]);
    if (place < 0 || seen.has(place)) return here;
    return [...here, ...doubtsOf(figures[place][4], seen.add(place))];
  }).filter(word => word.startsWith('存疑')))];
}
const withWords = (first, words) => {
  const cell = document.createDocumentFragment();
  cell.append(first);
  for (const word of words) cell.append(make('small', word, { class: word.startsWith('存疑') ? 'doubt' : 'remark' }));
  return cell;
};
function draw(place) {
  const [ref, label, value, rule, parts] = figures[place];
  title.textContent = label;
  what.replaceChildren(make('p', value, { class: 'value' }));
  if (rule) what.append(make('p', rule, { class: 'rule' }));
  const summed = parts.filter(part => part[1] !== '' || part[2] >= 0 || !part[3].length);
  if (summed.length > 1 || summed.some(part => part[2] >= 0)) {
    const rows = summed.map(part => [part[0], withWords(part[2] < 0 ? part[1] : opens(part[2], part[1] || '查看', part[0]), doubtsOf([part]))]);
    what.append(table(['来源', '数值'], rows, '由以下各项得出'));
  }
  const cells = parts.flatMap(([l, v, , all]) => all.map(([f, s, c, raw, taken, words]) =>
    [l, f, s, c, raw === '' ? '（空白）' : raw, withWords(taken || (all.length > 1 ? '' : v), words)]));
  if (cells.length) what.append(table(['项目', '文件', '工作表', '单元格', '原文', '取值'], cells, '原始单元格'));
  const key = make('p', '编号：', { class: 'key' });
  key.append(make('code', ref));
  what.append(key);
  where(place);
  back.hidden = trail.length < 2;
  dialog.scrollTop = 0;
  title.focus();
}

/* Where the report states this figure: the way from a finding to what it touches. */
function where(place) {
  const spots = [...document.querySelectorAll(`main button[data-f="${place}"]`)].filter(b => b !== opener);
  if (!spots.length) return;
  const list = make('ul', undefined, { class: 'where' });
  for (const spot of spots.slice(0, 20)) {
    const item = make('li'), go = make('button', placeOf(spot), { type: 'button' });
    go.addEventListener('click', () => {
      opener = spot;
      dialog.close();
      spot.scrollIntoView({ block: 'center' });
      spot.focus({ preventScroll: true });
      flash(spot);
    });
    item.append(go);
    list.append(item);
  }
  what.append(make('p', '在报告中的位置：', { class: 'key' }), list);
}
const placeOf = spot => {
  const holder = spot.closest('table');
  if (holder) return `${nameOf(holder)}（${spot.closest('tr').cells[0].textContent.trim()}）`;
  const heads = [...document.querySelectorAll('main h1,main h2,main h3,main h4')];
  const above = heads.filter(h => h.compareDocumentPosition(spot) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
  return above ? above.textContent : '正文';
};
const flash = spot => {
  document.querySelectorAll('.reached').forEach(e => e.classList.remove('reached'));
  spot.classList.add('reached');
};

document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-f]');
  if (!button) return;
  figures ??= await inflated(stored);
  if (!dialog.contains(button)) { opener = button; trail.length = 0; }
  trail.push(+button.dataset.f);
  if (!dialog.open) dialog.showModal();
  draw(trail[trail.length - 1]);
});
back.addEventListener('click', () => { trail.pop(); draw(trail[trail.length - 1]); });
dialog.querySelector('.close').addEventListener('click', () => dialog.close());
dialog.addEventListener('click', event => {
  const box = dialog.getBoundingClientRect(), { clientX: x, clientY: y } = event;
  if (event.target === dialog && (x < box.left || x > box.right || y < box.top || y > box.bottom)) dialog.close();
});
dialog.addEventListener('close', () => { if (opener) opener.focus({ preventScroll: true }); });
document.querySelectorAll('main button[data-f]').forEach(b => { b.type = 'button'; b.setAttribute('aria-haspopup', 'dialog'); });
})();
