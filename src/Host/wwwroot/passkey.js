'use strict';
// Passkeys: asks the platform's authenticator, and puts its answer into the form that stands on the page. Everything else works without a script.

const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
const toText = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

async function options(form) {
  const to = new URL(location.href);
  to.search = '?handler=Options';
  const body = new URLSearchParams({ __RequestVerificationToken: form.elements.__RequestVerificationToken.value });
  const reply = await fetch(to, { method: 'POST', body, headers: { Accept: 'application/json' } });
  if (!reply.ok) throw new Error('options');
  const asked = await reply.json();
  asked.challenge = toBytes(asked.challenge);
  if (asked.user) asked.user.id = toBytes(asked.user.id);
  for (const key of [...asked.allowCredentials ?? [], ...asked.excludeCredentials ?? []]) key.id = toBytes(key.id);
  return asked;
}

function written(credential) {
  const { response } = credential, answer = { clientDataJSON: toText(response.clientDataJSON) };
  for (const part of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[part]) answer[part] = toText(response[part]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id, rawId: toText(credential.rawId), type: credential.type, authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(), response: answer,
  });
}

function send(form, credential) {
  form.elements.credential.value = written(credential);
  const to = new URL(location.href);
  to.search = '?handler=Passkey';
  form.noValidate = true;
  form.action = to.pathname + to.search;
  form.method = 'post';
  form.submit();
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const make = form.dataset.passkey === 'make', button = form.querySelector('[data-passkey-button]');
    let waiting;
    const run = async quiet => {
      waiting?.abort();
      waiting = new AbortController();
      const publicKey = await options(form), signal = waiting.signal;
      const ask = make ? navigator.credentials.create({ publicKey, signal }) : navigator.credentials.get(quiet ? { publicKey, signal, mediation: 'conditional' } : { publicKey, signal });
      send(form, await ask);
    };
    button.hidden = false;
    button.addEventListener('click', async () => {
      const failed = form.querySelector('[data-passkey-failed]');
      try {
        await run(false);
      } catch {
        // Cancelled, or the device has no key for this address: the other ways stand beside.
        if (failed) failed.hidden = false;
      }
    });
    // The browser offers its keys in the field itself, before anybody has typed.
    const field = form.querySelector('[autocomplete~=webauthn]');
    if (field && PublicKeyCredential.isConditionalMediationAvailable) {
      PublicKeyCredential.isConditionalMediationAvailable().then(can => can && run(true)).catch(() => {});
    }
  }
}
