'use strict';
// Checks what the QR code of a paper holds: a compact JWS (RFC 7515) by ES256, against the keys that came with the page. It asks nobody anything and sends nothing: once loaded it works without a network.

const raw = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const json = text => JSON.parse(new TextDecoder().decode(raw(text)));
// The code as scanned is an address with the token behind #; the token alone will do.
const token = text => text.trim().replace(/\s/g, '').split('#').pop();

async function signed(text, keys) {
  const [head, body, signature] = text.split('.');
  const header = json(head), facts = json(body);
  const known = keys.find(k => k.kid === header.kid);
  // Who may sign is told by the page, and how by nobody else than this line.
  if (!known || header.alg !== 'ES256' || (known.revokedAt && facts.on >= known.revokedAt.slice(0, 10))) return { facts, genuine: false };
  const key = await crypto.subtle.importKey('jwk', { kty: known.kty, crv: known.crv, x: known.x, y: known.y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return { facts, genuine: await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw(signature), new TextEncoder().encode(`${head}.${body}`)) };
}

const shownDate = text => /^\d{4}(-\d\d){0,2}$/.test(text) ? text.split('-').reverse().join('/') : text;

function tell(page, verdict, facts) {
  const box = page.querySelector('#verdict');
  box.textContent = page.querySelector(`[data-verdict="${verdict}"]`).textContent;
  box.className = `alert ${verdict === 'genuine' ? 'alert-success' : verdict === 'unreadable' ? 'alert-warning' : 'alert-danger'}`;
  box.hidden = false;
  const rows = [];
  // A forged paper's claims are not repeated as if somebody had vouched for them.
  for (const label of verdict === 'genuine' ? page.querySelectorAll('[data-fact]') : []) {
    const value = facts[label.dataset.fact];
    if (!value) continue;
    const [term, said] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = label.textContent;
    said.textContent = ['born', 'on'].includes(label.dataset.fact) ? shownDate(value) : value;
    rows.push(term, said);
  }
  page.querySelector('#facts').replaceChildren(...rows);
  // Who came by the code has shown that he holds the paper: nothing need be typed.
  document.querySelector('#prove')?.toggleAttribute('hidden', verdict === 'genuine');
}

async function look(page, text) {
  try {
    const { facts, genuine } = await signed(token(text), JSON.parse(page.dataset.keys));
    tell(page, !genuine ? 'forged' : page.dataset.code && facts.code !== page.dataset.code ? 'other' : 'genuine', facts);
  } catch {
    tell(page, 'unreadable', {});
  }
}

if (typeof document !== 'undefined') {
  const page = document.querySelector('#paper');
  page.querySelector('form')?.addEventListener('submit', e => {
    e.preventDefault();
    look(page, page.querySelector('#scanned').value);
  });
  if (!page.dataset.code || location.hash.length > 1) page.hidden = false;
  if (page.dataset.code && location.hash.length > 1) {
    look(page, location.hash.slice(1));
  }
}
