import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_CLIENT } from '../oauth/clients.js';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { authorise, call } from '../testing/connected-app.js';

const DIVISION = 3412001;
const MINUTE = 60_000;

let sandbox: Sandbox;
let receiver: Server;
let received: string[];
let status: number;
let token: string;

const callbackUrl = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const subscribe = (Topic = 'Accounts'): ReturnType<typeof call> =>
  call(sandbox, token, `${DIVISION}/webhooks/WebhookSubscriptions`, {
    method: 'POST',
    body: { CallbackURL: callbackUrl(), Topic },
  });
const makeAccount = (): string => {
  const made = sandbox.edits.create({ division: DIVISION, entity: 'Accounts' }, { Name: 'Nieuw B.V.' });
  return made.ok ? made.value.id : '';
};

beforeEach(async () => {
  received = [];
  status = 200;
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      received.push(body);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  sandbox = await startSandbox({ clock: { startsAt: '2026-06-25T14:21:04Z' }, world: { relations: 20 } });
  ({ access_token: token } = await authorise(sandbox));
});
afterEach(async () => {
  await sandbox.stop();
  receiver.close();
});

describe('webhooks', () => {
  it('post an empty body about a second after subscribing', async () => {
    await subscribe();
    await sandbox.clock.advance(900);
    expect(received).toEqual([]);

    await sandbox.clock.advance(200);

    expect(received).toEqual(['']);
  });

  it('deliver a signed notice without field values', async () => {
    await subscribe();
    await sandbox.clock.advance(2_000);
    const id = makeAccount();
    await sandbox.clock.advance(MINUTE);

    const body = received[1] ?? '';
    const [, content = '', hash = ''] = /^\{"Content":(.*),"HashCode":"([0-9A-F]{64})"\}$/.exec(body) ?? [];
    expect(createHmac('sha256', DEMO_CLIENT.webhookSecret).update(content).digest('hex').toUpperCase()).toBe(
      hash,
    );
    expect(JSON.parse(content)).toEqual({
      Topic: 'Accounts',
      ClientId: DEMO_CLIENT.clientId,
      Division: DIVISION,
      Action: 'Create',
      Key: id,
      ExactOnlineEndpoint: `${sandbox.url}/api/v1/${DIVISION}/crm/Accounts(guid'${id}')`,
      EventCreatedOn: expect.stringMatching(/^2026-06-25T16:21:06\.\d{3}$/) as string,
    });
  });

  it('send nothing when the validation was refused', async () => {
    status = 500;
    await subscribe();
    await sandbox.clock.advance(2_000);
    status = 200;
    makeAccount();
    await sandbox.clock.advance(MINUTE);

    expect(received).toEqual(['']);
  });

  it('try again after 1, 5 and 15 minutes, and then give up', async () => {
    await subscribe();
    await sandbox.clock.advance(2_000);
    status = 503;
    makeAccount();
    const counts: number[] = [];
    for (const minutes of [1, 1, 5, 15, 60]) {
      await sandbox.clock.advance(minutes * MINUTE);
      counts.push(received.length - 1);
    }

    expect(counts).toEqual([1, 2, 3, 4, 4]);
  });

  it('can come twice or never', async () => {
    await subscribe();
    await sandbox.clock.advance(2_000);
    sandbox.setSwitches({ webhookDuplicates: 1 });
    makeAccount();
    await sandbox.clock.advance(MINUTE);
    expect(received.slice(1)).toHaveLength(2);
    sandbox.setSwitches({ webhookDuplicates: 0, webhookLost: 1 });
    makeAccount();
    await sandbox.clock.advance(MINUTE);

    expect(received.slice(1)).toHaveLength(2);
    expect(sandbox.webhooks.log().at(-1)?.status).toBe('lost');
  });

  it('know one subscription per topic, and end when it is deleted', async () => {
    const first = await subscribe();
    const second = await subscribe();
    await sandbox.clock.advance(2_000);
    const { ID } = first.d as { readonly ID: string };
    await call(sandbox, token, `${DIVISION}/webhooks/WebhookSubscriptions(guid'${ID}')`, {
      method: 'DELETE',
    });
    makeAccount();
    await sandbox.clock.advance(MINUTE);

    expect(second.status).toBe(500);
    expect(received).toEqual(['']);
  });

  it('demand https on the registered host when addresses are strict', async () => {
    sandbox.setSwitches({ strictRedirect: true });

    expect((await subscribe()).status).toBe(400);
  });
});
