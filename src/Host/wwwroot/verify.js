'use strict';
// Checks a proof of the journal without trusting the register that gave it (RFC 9162, section 2.1). It asks nobody anything: save this page and use it anywhere.

const bytes = text => new TextEncoder().encode(text);
const base64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const hex = data => [...data].map(b => b.toString(16).padStart(2, '0')).join('');
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const sha256 = async data => new Uint8Array(await crypto.subtle.digest('SHA-256', data));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const node = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

// A row is hashed as a zero byte and its fields, each as length:text,
function leafOf(fields) {
  const parts = [Uint8Array.of(0)];
  for (const field of fields) {
    const text = bytes(field.text);
    parts.push(bytes(text.length + ':'), text, bytes(','));
  }
  return sha256(joined(...parts));
}

// Numbers stay below 2^53, so halving is done by division and not by 32-bit shifts.
const half = n => Math.floor(n / 2);
const odd = n => n % 2 === 1;

async function rootFrom(leaf, place, size, path) {
  if (!Number.isSafeInteger(place) || place < 0 || place >= size) throw new Error('place');
  let hash = leaf, at = place, last = size - 1;
  for (const beside of path) {
    if (last === 0) throw new Error('path');
    if (odd(at) || at === last) {
      hash = await node(beside, hash);
      while (!odd(at) && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else {
      hash = await node(hash, beside);
    }
    at = half(at);
    last = half(last);
  }
  if (last !== 0) throw new Error('path');
  return hash;
}

async function grew(older, newer, olderRoot, newerRoot, proof) {
  if (older === newer) return proof.length === 0 && same(olderRoot, newerRoot);
  if (older === 0) return true;
  if (older > newer || proof.length === 0) return false;
  const path = proof.slice();
  let at = older - 1, last = newer - 1;
  while (odd(at)) {
    at = half(at);
    last = half(last);
  }
  // A tree whose size is a power of two is a whole subtree of the newer one, and begins the path itself.
  if (Number.isInteger(Math.log2(older))) path.unshift(olderRoot);
  let first = path[0], second = path[0];
  for (const beside of path.slice(1)) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      first = await node(beside, first);
      second = await node(beside, second);
      while (!odd(at) && at !== 0) {
        at = half(at);
        last = half(last);
      }
    } else {
      second = await node(second, beside);
    }
    at = half(at);
    last = half(last);
  }
  return last === 0 && same(first, olderRoot) && same(second, newerRoot);
}

// The names are not hashed, their order is: a text under another name would be a lie that the tree does not see.
const always = ['log', 'era', 'xid', 'position', 'at'];
const columns = {
  entry: [...always, 'actor', 'office', 'ground', 'subject', 'kind', 'body'],
  disclosure: [...always, 'actor', 'office', 'subject', 'fields', 'purpose', 'case_ref'],
};
const named = proof => same(columns[proof.log], proof.fields.map(f => f.name)) && proof.fields[0].text === proof.log;

// What the signed note says; nothing else of a head is believed.
function told(head, log) {
  const lines = head.note.split('\n');
  const line = lines.find(l => l.startsWith(log + ' '));
  if (lines[0] !== 'sogoc-head/1' || !line) throw new Error('note');
  const [, size, root] = line.split(' ');
  if (!/^\d{1,15}$/.test(size)) throw new Error('size');
  return { register: lines[1], at: lines[2], size: Number(size), root: base64(root) };
}

async function signed(head) {
  const key = await crypto.subtle.importKey('spki', base64(head.publicKey), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, base64(head.signature), bytes(head.note));
}

// A proof is of a row or of growth. What stands beside it is not looked at, and would pass for proven.
const pieces = { row: ['log', 'fields', 'leaf', 'path', 'head'], growth: ['log', 'older', 'newer', 'path'] };

// Whoever opens the page may name the key; otherwise it has to be one that the register had when it gave this page.
async function check(proof, wantedKey, registersKeys, wantsRow) {
  const steps = [];
  const step = (name, ok, detail) => steps.push({ name, ok, detail });
  const beside = Object.keys(proof).filter(k => !pieces[proof.head ? 'row' : 'growth'].includes(k));
  if (beside.length > 0) step('beside', false, beside.join(', '));
  if (wantsRow && !proof.head) step('row', false, '');
  const heads = proof.head ? [proof.head] : [proof.older, proof.newer];
  const path = proof.path.map(base64);
  for (const head of heads) {
    const id = hex(await sha256(base64(head.publicKey)));
    step('signature', await signed(head), told(head, proof.log).at);
    const known = wantedKey.toLowerCase().replace(/[\s:.-]/g, '');
    if (known) step('key', known.length >= 16 && id.startsWith(known), id);
    else step(registersKeys.length > 0 ? 'key-register' : 'key-unchecked', registersKeys.length > 0 ? registersKeys.includes(id) : null, id);
  }
  if (proof.head) {
    const says = told(proof.head, proof.log);
    const leaf = await leafOf(proof.fields);
    step('row', named(proof), hex(leaf));
    let root = new Uint8Array();
    try {
      root = await rootFrom(leaf, proof.leaf, says.size, path);
    } catch { /* A path of the wrong length leads nowhere. */ }
    step('in', proof.leaf < says.size && same(root, says.root), `${proof.leaf + 1} / ${says.size}`);
  } else {
    const [older, newer] = heads.map(h => told(h, proof.log));
    step('same-register', older.register === newer.register, older.register);
    step('grew', await grew(older.size, newer.size, older.root, newer.root, path), `${older.size} → ${newer.size}`);
  }
  return steps;
}

// What was proven, and only that: the texts that were hashed.
function tell(proof, right, page) {
  const told = page.querySelector('#told');
  told.hidden = !right || !proof.head;
  const said = told.hidden ? [] : proof.fields.filter(f => f.text && page.querySelector(`[data-field="${f.name}"]`));
  told.querySelector('dl').replaceChildren(...said.flatMap(f => {
    const [name, text] = [document.createElement('dt'), document.createElement('dd')];
    name.textContent = page.querySelector(`[data-field="${f.name}"]`).textContent;
    text.className = 'text-break';
    text.textContent = f.text;
    return [name, text];
  }));
}

function show(steps, page) {
  const list = page.querySelector('#steps');
  list.replaceChildren(...steps.map(s => {
    const item = document.createElement('li');
    item.className = s.ok === true ? 'so-right' : s.ok === false ? 'so-wrong' : 'so-quiet';
    item.textContent = `${s.ok === true ? '✓' : s.ok === false ? '✗ ' + page.dataset.wrong : '•'} ${page.querySelector(`[data-step="${s.name}"]`).textContent} `;
    const detail = document.createElement('small');
    detail.className = 'font-monospace text-break';
    detail.textContent = s.detail;
    item.append(detail);
    return item;
  }));
  const ok = steps.every(s => s.ok !== false);
  const verdict = page.querySelector('#verdict');
  verdict.textContent = page.querySelector(`[data-verdict="${ok ? 'yes' : 'no'}"]`).textContent;
  verdict.className = `alert ${ok ? 'alert-success' : 'alert-danger'}`;
  verdict.hidden = false;
  return ok;
}

function unreadable(page) {
  page.querySelector('#told').hidden = true;
  page.querySelector('#steps').replaceChildren();
  const verdict = page.querySelector('#verdict');
  verdict.textContent = page.querySelector('[data-verdict="unreadable"]').textContent;
  verdict.className = 'alert alert-warning';
  verdict.hidden = false;
}

if (typeof document !== 'undefined') {
  const page = document.querySelector('#verifier');
  page.hidden = false;
  page.querySelector('#file').addEventListener('change', async e => {
    page.querySelector('#proof').value = await e.target.files[0].text();
  });
  const look = async () => {
    try {
      const proof = JSON.parse(page.querySelector('#proof').value);
      const steps = await check(proof, page.querySelector('#key').value.trim(), page.dataset.keys.split(' ').filter(k => k), page.dataset.given === 'yes');
      tell(proof, show(steps, page), page);
    } catch {
      unreadable(page);
    }
  };
  page.querySelector('form').addEventListener('submit', e => {
    e.preventDefault();
    look();
  });
  if (page.dataset.given === 'yes') look();
}
