// openid-client: a token of the system's own (client credentials, private_key_jwt, DPoP), then a case and a person of the API.
import * as client from 'openid-client';
import { input } from './browser.mjs';

const given = await input();
const key = { key: await crypto.subtle.importKey('jwk', given.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']), kid: given.key.kid };
const config = await client.discovery(new URL(given.issuer), given.clientId, undefined, client.PrivateKeyJwt(key), { execute: [client.allowInsecureRequests] });
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const tokens = await client.clientCredentialsGrant(config, {}, { DPoP });
const ask = async (path, body) => {
  const reply = await client.fetchProtectedResource(config, tokens.access_token, new URL(`/api/v1${path}`, given.issuer), 'POST', JSON.stringify(body), new Headers({ 'Content-Type': 'application/json' }), { DPoP });
  return reply.json();
};
await ask('/cases/open', { kind: 'dossier', reference: given.case, purpose: given.purpose });
const found = await ask('/persons/lookup', { numbers: [given.number], fields: ['fullName', 'born'], purpose: given.purpose, case: given.case });
await ask('/cases/close', { reference: given.case });
console.log(JSON.stringify({ tokenType: tokens.token_type, person: found.persons[0].person }));
