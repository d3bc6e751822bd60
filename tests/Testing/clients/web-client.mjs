// A web client of somebody else: a page with one button, and the page that says who came in. It knows nothing but what was registered.
import { createServer } from 'node:http';
import * as client from 'openid-client';
import { input } from './browser.mjs';

const given = await input();
const key = { key: await crypto.subtle.importKey('jwk', given.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']), kid: given.key.kid };
const skew = { [client.clockSkew]: given.skew };
const config = await client.discovery(new URL(given.issuer), given.clientId, skew, client.PrivateKeyJwt(key), { execute: [client.allowInsecureRequests] });
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
const home = `http://localhost:${given.port}`, waiting = new Map(), heard = [];

createServer(async (request, reply) => {
  const url = new URL(request.url, home);
  try {
    if (url.pathname === '/vao') {
      const verifier = client.randomPKCECodeVerifier(), state = client.randomState(), nonce = client.randomNonce();
      waiting.set(state, { verifier, nonce });
      const to = await client.buildAuthorizationUrlWithPAR(config, {
        redirect_uri: `${home}/ve`, scope: given.scope, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', state, nonce, acr_values: 'urn:sogoc:level:2',
      }, { DPoP });
      reply.writeHead(303, { Location: to.href }).end();
    } else if (url.pathname === '/ve') {
      const { verifier, nonce } = waiting.get(url.searchParams.get('state')) ?? {};
      const tokens = await client.authorizationCodeGrant(config, url, { pkceCodeVerifier: verifier, expectedState: url.searchParams.get('state'), expectedNonce: nonce, idTokenExpected: true }, undefined, { DPoP });
      const claims = tokens.claims();
      const user = await client.fetchUserInfo(config, tokens.access_token, claims.sub, { DPoP });
      reply.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify({ claims, user }));
    } else if (url.pathname === '/thoat-nen') {
      let body = '';
      for await (const part of request) body += part;
      heard.push(JSON.parse(Buffer.from(new URLSearchParams(body).get('logout_token').split('.')[1], 'base64url')));
      reply.writeHead(200).end();
    } else if (url.pathname === '/da-nghe') {
      reply.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(heard));
    } else {
      reply.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<!DOCTYPE html><html lang="vi"><title>Cổng thử</title><main><h1>Cổng thử</h1><a href="/vao">Đăng nhập bằng tài khoản định danh</a></main></html>');
    }
  } catch (e) {
    reply.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end(String(e.error_description ?? e.message));
  }
}).listen(given.port, () => console.log('ready'));
