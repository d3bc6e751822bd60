// jose: the code of a paper against the keys that the register publishes; then the signature of an entry, detached, over the hash of its text; then both with a letter changed.
import { createHash } from 'node:crypto';
import { compactVerify, createRemoteJWKSet, flattenedVerify } from 'jose';
import { input } from './browser.mjs';

const given = await input();
const keys = createRemoteJWKSet(new URL('/api/v1/civil/keys', given.register));
const holds = async verify => {
  try {
    return await verify();
  } catch (e) {
    return e.code;
  }
};
const paper = await compactVerify(given.token, keys, { algorithms: ['ES256'] });
const [head, , signature] = given.signature.split('.');
const entry = text => holds(async () => (await flattenedVerify({ protected: head, payload: createHash('sha256').update(text).digest().toString('base64url'), signature }, keys, { algorithms: ['ES256'] })).protectedHeader);
const [h, p, s] = given.token.split('.');
console.log(JSON.stringify({
  facts: JSON.parse(new TextDecoder().decode(paper.payload)),
  forged: await holds(() => compactVerify(`${h}.${(p[0] === 'e' ? 'f' : 'e') + p.slice(1)}.${s}`, keys)),
  signer: await entry(given.body),
  changed: await entry(given.body + ' '),
}));
