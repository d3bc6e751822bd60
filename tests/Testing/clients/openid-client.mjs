// openid-client: discovery, pushed request, PKCE, private_key_jwt, DPoP, code, refresh, userinfo, logout.
import * as client from 'openid-client';
import { decide, input } from './browser.mjs';

const given = await input();
const key = { key: await crypto.subtle.importKey('jwk', given.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']), kid: given.key.kid };
const config = await client.discovery(new URL(given.issuer), given.clientId, undefined, client.PrivateKeyJwt(key), { execute: [client.allowInsecureRequests] });
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const verifier = client.randomPKCECodeVerifier(), state = client.randomState(), nonce = client.randomNonce();
const url = await client.buildAuthorizationUrlWithPAR(config, {
  redirect_uri: given.redirect, scope: given.scope, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', state, nonce,
  ...given.acr ? { acr_values: given.acr } : {},
}, { DPoP });
const back = await decide(url.href, given.cookie, given.decision ?? 'yes', given.fields ?? []);
if (!back.url?.startsWith(given.redirect)) {
  console.log(JSON.stringify({ sentTo: back.url, status: back.status }));
  process.exit(0);
}
let tokens;
try {
  tokens = await client.authorizationCodeGrant(config, new URL(back.url), { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }, undefined, { DPoP });
} catch (e) {
  console.log(JSON.stringify({ error: e.error, status: back.status, page: back.page }));
  process.exit(0);
}
const claims = tokens.claims();
if (given.between) await fetch(given.between);
const user = await client.fetchUserInfo(config, tokens.access_token, claims.sub, { DPoP }).catch(e => ({ refused: e.cause?.[0]?.parameters?.error ?? e.error ?? e.message }));
const atApi = given.atApi
  ? (await client.fetchProtectedResource(config, tokens.access_token, new URL(given.atApi, given.issuer), 'POST', '{}', new Headers({ 'Content-Type': 'application/json' }), { DPoP }).catch(e => e)).status : null;
const again = tokens.refresh_token ? await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP }).catch(e => ({ refused: e.error })) : null;
const userAgain = again?.access_token ? await client.fetchUserInfo(config, again.access_token, claims.sub, { DPoP }) : null;
const logout = client.buildEndSessionUrl(config, { post_logout_redirect_uri: given.postLogout, id_token_hint: tokens.id_token, state: 'bye' });
const out = given.logout ? await fetch(logout, { redirect: 'manual', headers: { Cookie: given.cookie, Accept: 'text/html' } }) : null;
console.log(JSON.stringify({ status: back.status, page: back.page, tokenType: tokens.token_type, claims, user, refreshed: again?.token_type, refreshRefused: again?.refused, userAgain, atApi, loggedOut: out?.headers.get('location'), framed: out?.status === 200 ? [...(await out.text()).matchAll(/<iframe src="([^"]+)"/g)].map(f => f[1].replaceAll('&amp;', '&')) : null, policy: out?.headers.get('content-security-policy') }));
