// standardwebhooks and cloudevents: a partner that checks the signature, reads the event, and answers that it has caught up.
import { createServer } from 'node:http';
import { HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { input } from './browser.mjs';

const given = await input();
const real = Date.now;
const ahead = new Date(given.now).getTime() - real();     // the register may live on another day
Date.now = () => real() + ahead;
const webhook = new Webhook(given.secret);
createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  try {
    webhook.verify(body, request.headers);
    const event = HTTP.toEvent({ headers: request.headers, body });
    event.validate();
    response.writeHead(202).end();
    const answer = JSON.stringify({ event: event.id, state: 'done', reference: `${event.type} ${event.data.entry.number}` });
    const id = `tl_${event.id}`, at = new Date(Date.now());
    await fetch(given.answer, { method: 'POST', body: answer, headers: {
      'Content-Type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': webhook.sign(id, at, answer) } });
  } catch (e) {
    response.writeHead(400).end(String(e));
  }
}).listen(given.port, '127.0.0.1', () => console.log('ready'));
