// The pages work without this file. It spares readers some small annoyances.

// A page that reports on work renews its figures in place, so that nobody loses the place where he reads or the button under his finger.
const pause = 1500;
const parts = page => [...page.querySelectorAll('.so-renew')];
async function renew() {
  try {
    const reply = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    const now = parts(document), next = parts(page);
    // The work is done, more has come to be seen, or nobody is signed in any more: the whole page is another.
    if (!reply.ok || reply.redirected || now.length !== next.length) return location.reload();
    now.forEach((part, i) => { part.innerHTML = next[i].innerHTML; });
  } catch {
    // The Host or the network is away for a moment: ask again.
  }
  setTimeout(renew, pause);
}
if (parts(document).length > 0) setTimeout(renew, pause);

// A form shows what its other answers call for, and sends no answer to a question that is void. Where no script runs all of it stands there, with the words that say when.
const when = part => part.dataset.when.split('=');
const hanging = [...document.querySelectorAll('[data-when]:not([data-when=""])')];
function isAsked(part) {
  const [name, words] = when(part), asked = document.getElementById(`f-${name}`);
  const above = asked?.closest('[data-when]:not([data-when=""])');
  // What hangs on a question that is not asked here was settled before.
  return !asked || (words.split('|').includes(asked.type === 'checkbox' ? String(asked.checked) : asked.value) && (!above || isAsked(above)));
}
function adapt() {
  for (const part of hanging) {
    part.hidden = !isAsked(part);
    for (const field of part.matches('option') ? [part] : part.querySelectorAll('input, select, textarea')) field.disabled = part.hidden;
    if (part.hidden && part.selected) part.selected = false;
  }
}
if (hanging.length > 0) {
  for (const words of document.querySelectorAll('.so-when-told')) words.hidden = true;
  document.addEventListener('change', adapt);
  addEventListener('pageshow', adapt);     // the way back brings the answers back
  adapt();
}

// The menu of the official closes as menus do.
const who = document.querySelector('.so-who');
document.addEventListener('click', e => { if (who?.open && !who.contains(e.target)) who.open = false; });
document.addEventListener('keydown', e => {
  if (e.key !== 'Escape' || !who?.open) return;
  who.open = false;
  who.querySelector('summary').focus();
});

// Who types a name or a whole number sees the nearest people after a short rest. The form is sent as the button sends it, and what it found is taken from the page
// that answers, whose address (in which the question stands sealed) becomes this page's: loading anew and the way back show the same.
const ask = document.querySelector('form[action="/tra-cuu"]');
const found = document.querySelector('.so-found');
if (ask && found) {
  const rest = 250, text = ask.elements.text;
  const enough = asked => /^[\d .]+$/.test(asked) ? [9, 12].includes(asked.replace(/\D/g, '').length) : asked.length > 3;
  let last = text.value.trim(), timer, under;
  async function look() {
    const asked = text.value.trim();
    if (asked === last || !enough(asked)) return;
    last = asked;
    under?.abort();
    under = new AbortController();
    const body = new URLSearchParams(new FormData(ask));
    body.set('few', 'true');
    try {
      const reply = await fetch('/tra-cuu', { method: 'POST', body, signal: under.signal, headers: { Accept: 'text/html' } });
      const people = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('.so-found');
      if (!people || text.value.trim() !== asked) return;
      found.replaceChildren(...people.childNodes);
      history.replaceState(null, '', reply.url);
    } catch {
      // Typed on, or the Host is away for a moment: the button asks again.
    }
  }
  text.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, rest); });
  // The arrows walk from the question through the people and back; a stroke leads to the question.
  document.addEventListener('keydown', e => {
    if (e.key === '/' && !e.target.closest('input, select, textarea')) {
      e.preventDefault();
      text.select();
    }
    if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
    const stops = [text, ...found.querySelectorAll('.so-people a')], at = stops.indexOf(document.activeElement);
    const next = at < 0 ? null : stops[at + (e.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    e.preventDefault();
    next.focus();
  });
}

// A sentence of the office goes into the field beside it at once, behind what stands there; where no script runs the form carries it there and back.
document.addEventListener('click', e => {
  const chosen = e.target.closest('[data-insert]') && document.getElementById(e.target.closest('[data-insert]').dataset.insert);
  const field = chosen && document.getElementById(chosen.dataset.into), text = chosen?.selectedOptions[0]?.dataset.text;
  if (!field || !text) return;
  e.preventDefault();
  field.value = [field.value.trimEnd(), text].filter(Boolean).join('\n');
  field.focus();
});

// Whoever comes from a page of this house to go on with what was begun goes on at once; coming back, he has the choice, and so has who was led here from elsewhere.
const goesOn = document.querySelector('form[data-go-on] button');
if (goesOn && document.referrer.startsWith(location.origin + '/') && performance.getEntriesByType('navigation')[0]?.type === 'navigate') goesOn.click();

// A file that is too large is told before it is sent: on a slow line that would take many minutes, and be refused.
for (const field of document.querySelectorAll('input[type=file][data-most]')) {
  field.addEventListener('change', () => {
    field.setCustomValidity([...field.files].some(f => f.size > Number(field.dataset.most)) ? field.dataset.tooLarge : '');
    field.reportValidity();
  });
}
