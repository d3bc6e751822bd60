// oauth4webapi: the same by the strict low-level client, and the pieces that are deliberately wrong.
import * as oauth from 'oauth4webapi';
import { decide, input } from './browser.mjs';

const given = await input();
const insecure = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(given.issuer);
const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
const me = { client_id: given.clientId };
const key = { key: await crypto.subtle.importKey('jwk', given.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']), kid: given.key.kid };
const auth = oauth.PrivateKeyJwt(key);
const pair = await oauth.generateKeyPair('ES256'), other = await oauth.generateKeyPair('ES256');
const DPoP = oauth.DPoP(me, pair), Wrong = oauth.DPoP(me, other);
const told = {};

async function request(more = {}, from = DPoP) {
  const verifier = oauth.generateRandomCodeVerifier(), state = oauth.generateRandomState();
  const parameters = new URLSearchParams({ response_type: 'code', redirect_uri: given.redirect, scope: given.scope, state, code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more });
  for (const [name, value] of [...parameters]) if (value === '') parameters.delete(name);
  const reply = await oauth.pushedAuthorizationRequest(as, me, auth, parameters, { ...insecure, DPoP: from });
  if (reply.status !== 201) return { refused: (await reply.json()).error };
  return { verifier, state, ...await oauth.processPushedAuthorizationResponse(as, me, reply) };
}

async function code(pushed, cookie = given.cookie) {
  const url = new URL(as.authorization_endpoint);
  url.searchParams.set('client_id', me.client_id);
  url.searchParams.set('request_uri', pushed.request_uri);
  const back = await decide(url.href, cookie, 'yes');
  return new URL(back.url, url);
}

async function exchange(callback, pushed, from = DPoP, verifier = pushed.verifier) {
  const parameters = oauth.validateAuthResponse(as, me, callback, pushed.state);
  const reply = await oauth.authorizationCodeGrantRequest(as, me, auth, parameters, given.redirect, verifier, { ...insecure, DPoP: from });
  return reply.ok ? oauth.processAuthorizationCodeResponse(as, me, reply) : { refused: (await reply.json()).error };
}

const first = await request();
told.expires = first.expires_in;
const callback = await code(first);
told.iss = callback.searchParams.get('iss');
const tokens = await exchange(callback, first);
told.sub = oauth.getValidatedIdTokenClaims(tokens).sub;
const me2 = await oauth.processUserInfoResponse(as, me, told.sub, await oauth.userInfoRequest(as, me, tokens.access_token, { ...insecure, DPoP }));
told.user = me2;

told.codeTwice = (await exchange(callback, first)).refused;
told.afterCodeTwice = (await oauth.userInfoRequest(as, me, tokens.access_token, { ...insecure, DPoP })).status;
told.withoutPkce = (await request({ code_challenge: '', code_challenge_method: '' })).refused;
told.plainPkce = (await request({ code_challenge_method: 'plain' })).refused;
told.otherRedirect = (await request({ redirect_uri: 'http://localhost:9/evil' })).refused;
told.unknownScope = (await request({ scope: 'openid everything' })).refused;
told.fragment = (await request({ response_mode: 'fragment' })).refused;
told.implicit = (await request({ response_type: 'token' })).refused;
const second = await request();
told.wrongVerifier = (await exchange(await code(second), second, DPoP, oauth.generateRandomCodeVerifier())).refused;
const third = await request();
told.otherKey = (await exchange(await code(third), third, Wrong)).refused;
const fourth = await request({}, DPoP), fine = await exchange(await code(fourth), fourth);
const bearer = await fetch(as.userinfo_endpoint, { headers: { Authorization: `Bearer ${fine.access_token}` } });
told.asBearer = bearer.status;
told.withOtherKey = (await oauth.userInfoRequest(as, me, fine.access_token, { ...insecure, DPoP: Wrong })).status;
const open = new URL(as.authorization_endpoint);
open.search = new URLSearchParams({ response_type: 'code', client_id: me.client_id, redirect_uri: given.redirect, scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' });
told.notPushed = (await decide(open.href, given.cookie, 'yes')).url ?? 'stays';
console.log(JSON.stringify(told));
