// What stands for the citizen's browser: it holds the cookie of a session, looks at the page of consent, and presses a button.
export async function decide(url, cookie, decision, fields = []) {
  const jar = new Map([cookie.split('=', 2)]);
  const send = async (to, init = {}) => {
    const reply = await fetch(to, { redirect: 'manual', ...init, headers: { Accept: 'text/html', Cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '), ...init.headers } });
    for (const set of reply.headers.getSetCookie()) jar.set(...set.split(';')[0].split(/=(.*)/s, 2));
    return reply;
  };
  const shown = await send(url);
  if (shown.status !== 200) return { url: shown.headers.get('location'), status: shown.status };
  const page = await shown.text();
  const hidden = [...page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(m => [/name="([^"]*)"/.exec(m[0])?.[1], /value="([^"]*)"/.exec(m[0])?.[1]?.replaceAll('&amp;', '&') ?? '']);
  const form = new URLSearchParams([...hidden.filter(([n]) => ['client_id', 'request_uri'].includes(n)), ['__RequestVerificationToken', hidden.filter(([n]) => n === '__RequestVerificationToken').map(([, v]) => v)[0]], ['decision', decision], ...fields.map(f => ['fields', f])]);
  const decided = await send(new URL('/connect/authorize', url), { method: 'POST', body: form });
  return { url: decided.headers.get('location'), status: decided.status, page };
}

export const input = async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  return JSON.parse(text);
};
