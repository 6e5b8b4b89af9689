// Connects to Exact Online in the browser and lists the administrations the user chose.
//
//   node examples/list-divisions.mjs --base-url http://127.0.0.1:4100 --client-id … --client-secret … [--port 4199]
//
// Without --base-url it talks to https://start.exactonline.nl; then the callback's address must be registered with the app.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { createExactClient, createHttpTransport, createInMemoryBudget } from '@koppel/exact-client';
import { authorisationUrl, exchangeCode, regionBaseUrl } from '@koppel/exact-client/auth';

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string', default: regionBaseUrl('nl') },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    port: { type: 'string', default: '4199' },
  },
});
const { 'base-url': baseUrl, 'client-id': clientId, 'client-secret': clientSecret } = values;
if (!clientId || !clientSecret) throw new Error('--client-id and --client-secret are needed');

const transport = createHttpTransport();
const now = () => new Date();
const state = crypto.randomUUID();

const server = createServer((request, response) => {
  const callback = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (callback.searchParams.get('state') !== state) return void response.writeHead(400).end();
  response.end('You can close this page.');
  finish(callback.searchParams.get('code') ?? '').catch((error) => {
    console.error(error.failure ?? error);
    process.exitCode = 1;
  });
});
await new Promise((resolve) => server.listen(Number(values.port), '127.0.0.1', resolve));
const redirectUri = `http://127.0.0.1:${server.address().port}/callback`;
console.log(`Open ${authorisationUrl({ baseUrl, clientId, redirectUri, state, forceLogin: true })}`);

async function finish(code) {
  try {
    const tokens = await exchangeCode({ transport, baseUrl, clientId, clientSecret, redirectUri, code, now });
    const client = createExactClient({
      baseUrl,
      transport,
      // Ten minutes are enough here; a program that goes on uses createTokenKeeper.
      accessToken: async () => tokens.accessToken,
      budget: createInMemoryBudget({ now }),
      now,
    });
    const me = await client.me();
    for await (const page of client.divisions(me.CurrentDivision)) {
      for (const division of page.rows) console.log(division.Code, division.Status, division.Description);
    }
  } finally {
    transport.close();
    server.close();
    server.closeAllConnections();
  }
}
