// The pages work without this file. It spares readers two small annoyances.

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

// The menu of the official closes as menus do.
const who = document.querySelector('.so-who');
document.addEventListener('click', e => { if (who?.open && !who.contains(e.target)) who.open = false; });
document.addEventListener('keydown', e => {
  if (e.key !== 'Escape' || !who?.open) return;
  who.open = false;
  who.querySelector('summary').focus();
});
