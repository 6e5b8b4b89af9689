import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import type { Switches } from '../switches.js';
import { authorise, call, type Answer } from '../testing/connected-app.js';

const DIVISION = 3412001;
const CHEAP = `${DIVISION}/vat/VATCodes?$select=Code&$top=1`;

let sandbox: Sandbox;
let token: string;
const start = async (startsAt: string, switches: Partial<Switches> = {}): Promise<void> => {
  sandbox = await startSandbox({ clock: { startsAt }, world: { relations: 20 }, switches });
  ({ access_token: token } = await authorise(sandbox));
};
const ask = (path = CHEAP): Promise<Answer> => call(sandbox, token, path);
const askTimes = async (times: number, path = CHEAP): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  for (let i = 0; i < times; i += 1) answers.push(await ask(path));
  return answers;
};

afterEach(async () => sandbox.stop());

describe('limits per app and division', () => {
  it('send both families of headers with resets in epoch milliseconds', async () => {
    await start('2026-05-12T08:18:25Z');

    const { headers } = await ask();

    expect(headers.get('date')).toBe('Tue, 12 May 2026 08:18:25 GMT');
    expect(headers.get('x-ratelimit-limit')).toBe('5000');
    expect(headers.get('x-ratelimit-remaining')).toBe('4999');
    expect(headers.get('x-ratelimit-reset')).toBe(String(Date.UTC(2026, 4, 13)));
    expect(headers.get('x-ratelimit-minutely-limit')).toBe('60');
    expect(headers.get('x-ratelimit-minutely-remaining')).toBe('59');
    expect(headers.get('x-ratelimit-minutely-reset')).toBe(String(Date.UTC(2026, 4, 12, 8, 19)));
  });

  it('count a fixed clock minute: the 61st call is refused until the next minute begins (E04)', async () => {
    await start('2026-05-12T08:18:40Z');
    const allowed = await askTimes(60);
    const refused = await ask();
    await sandbox.clock.advance(20_000);
    const later = await ask();

    expect(allowed.every(({ status }) => status === 200)).toBe(true);
    expect([refused.status, refused.text, later.status]).toEqual([429, '', 200]);
    expect(refused.headers.has('x-ratelimit-minutely-reset')).toBe(true);
    expect(refused.headers.has('x-ratelimit-reset')).toBe(false);
    expect(sandbox.journal.counters().tooManyPerMinute).toBe(1);
  });

  it('count a UTC day and then show the daily headers only (E04)', async () => {
    await start('2026-05-12T23:58:30Z', { dayLimit: 3 });
    await askTimes(3);
    const refused = await ask();
    await sandbox.clock.advance(90_000);

    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(refused.headers.has('x-ratelimit-minutely-reset')).toBe(false);
    expect((await ask()).status).toBe(200);
  });

  it('can leave all headers out of a 429 (E04)', async () => {
    await start('2026-05-12T08:18:00Z', { minuteLimit: 1, rateHeadersOn429: 'none' });
    const [, refused] = await askTimes(2);

    expect(refused?.status).toBe(429);
    expect([...(refused?.headers.keys() ?? [])].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });

  it('are kept apart by division, and do not touch current/Me', async () => {
    await start('2026-05-12T08:18:00Z', { minuteLimit: 2 });
    await askTimes(3);

    expect((await ask('3412002/vat/VATCodes?$select=Code&$top=1')).status).toBe(200);
    const me = await ask('current/Me');
    expect(me.status).toBe(200);
    expect(me.headers.has('x-ratelimit-limit')).toBe(false);
  });

  it('are lifted by --unthrottled', async () => {
    await start('2026-05-12T08:18:00Z', { unthrottled: true });

    const answers = await askTimes(70);

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(sandbox.journal.counters().callsPerMinuteMax).toBe(70);
  });
});

describe('the error block', () => {
  const BROKEN = `${DIVISION}/crm/Accounts?$filter=Nonsense`;

  it('blocks one endpoint for an hour after more than ten errors in an hour (E05)', async () => {
    await start('2026-05-12T08:00:00Z', { minuteLimit: 1000 });
    const errors = await askTimes(11, BROKEN);
    const blocked = await ask(`${DIVISION}/crm/Accounts?$filter=Code eq '1'`);

    expect(errors.map(({ status }) => status)).toEqual(Array(11).fill(400));
    expect([blocked.status, blocked.text]).toEqual([429, '']);
    expect(blocked.headers.has('x-ratelimit-minutely-reset')).toBe(false);
    expect((await ask()).status).toBe(200);
    expect(sandbox.journal.counters()).toMatchObject({ blockedCalls: 1, countedErrorsPerHourMax: 11 });
  });

  it('ends after an hour, and lasts twice as long the second time (E05)', async () => {
    await start('2026-05-12T08:00:00Z', { minuteLimit: 1000, unthrottled: false });
    await askTimes(11, BROKEN);
    await sandbox.clock.advance(3_600_000);
    ({ access_token: token } = await authorise(sandbox));
    await askTimes(11, BROKEN);
    await sandbox.clock.advance(3_600_000);
    ({ access_token: token } = await authorise(sandbox));
    const afterOneHour = await ask(BROKEN);
    await sandbox.clock.advance(3_600_000);
    ({ access_token: token } = await authorise(sandbox));

    expect(afterOneHour.status).toBe(429);
    expect((await ask(BROKEN)).status).toBe(400);
  });

  it('forgets errors after an hour without a block', async () => {
    await start('2026-05-12T08:00:00Z');
    await askTimes(10, BROKEN);
    await sandbox.clock.advance(3_600_000);
    ({ access_token: token } = await authorise(sandbox));

    const answers = await askTimes(10, BROKEN);

    expect(answers.every(({ status }) => status === 400)).toBe(true);
  });

  it('does not count business errors (500)', async () => {
    await start('2026-05-12T08:00:00Z');
    const { rows } = await ask(`${DIVISION}/crm/Accounts?$filter=Status eq 'C'&$select=ID&$top=1`);
    const id = String(rows[0]?.ID);
    for (let i = 0; i < 12; i += 1) {
      const path = `${DIVISION}/crm/Accounts(guid'${id}')`;
      await call(sandbox, token, path, { method: 'PUT', body: { Code: '1' } });
    }

    expect((await ask(`${DIVISION}/crm/Accounts?$filter=Status eq 'C'&$select=ID&$top=1`)).status).toBe(200);
    expect(sandbox.journal.counters().countedErrors).toBe(0);
  });
});
