import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '@koppel/persistence/testing';
import { Keepers } from './keepers.js';
import { StoppingProxy } from './stopping-proxy.js';
import { openTokenStage, type TokenStage } from './token-stage.js';

const isBuilt = existsSync(path.resolve(import.meta.dirname, '../../dist/tokens/keeper-process.js'));
const expiryMs = 575_000;
const aToken = { round: 0, token: expect.any(String) as string, failure: null };

describe.skipIf(!isBuilt)('a process that is killed while it refreshes', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let stage: TokenStage;
  beforeEach(async () => {
    database = await createTestDatabase();
    stage = await openTokenStage(database.url, randomBytes(32).toString('base64'));
    await stage.sandbox.clock.advance(expiryMs);
  });
  afterEach(async () => {
    await stage.close();
    await database.drop();
  });

  /** One process asks for a token; SIGKILL at that moment. */
  async function dieAt(moment: 'request' | 'answer' | 'commit'): Promise<void> {
    const { setup } = stage;
    let isAnswered = false;
    const kill = (): true => {
      victim.kill(0);
      return true;
    };
    const exact = await StoppingProxy.open(setup.exactUrl, ({ from }) => {
      isAnswered ||= from === 'server';
      return (moment === 'request' || (moment === 'answer' && isAnswered)) && kill();
    });
    const postgres = await StoppingProxy.open(
      setup.databaseUrl,
      ({ from }) => moment === 'commit' && isAnswered && from === 'client' && kill(),
    );
    const [exactUrl, databaseUrl] = [exact.urlOf(setup.exactUrl), postgres.urlOf(setup.databaseUrl)];
    const victim = new Keepers({ ...setup, exactUrl, databaseUrl });
    try {
      await victim.start(1);
      expect(await ask(victim)).toBe('died');
      expect(isAnswered).toBe(moment !== 'request');
    } finally {
      await victim.close();
      await Promise.all([exact.close(), postgres.close()]);
    }
  }

  async function ask(keepers: Keepers) {
    const [said] = await keepers.ask({ round: 0, now: stage.sandbox.clock.now() });
    return said?.answer;
  }

  async function askAnother() {
    const keepers = new Keepers(stage.setup);
    try {
      await keepers.start(1);
      return await ask(keepers);
    } finally {
      await keepers.close();
    }
  }

  const refreshes = () =>
    stage.sandbox.journal
      .entries()
      .filter(({ grantType }) => grantType === 'refresh_token')
      .map(({ outcome }) => outcome);

  it('when its request never came to Exact leaves the token to the next one, which uses it once (F41)', async () => {
    await dieAt('request');
    expect(refreshes()).toEqual([]);

    expect(await askAnother()).toEqual(aToken);
    expect(refreshes()).toEqual(['issued']);
    expect(await stage.state()).toBe('active');
  });

  it.each([
    ['has answered, and the answer is on its way', 'answer'],
    ['was heard, and before it commits', 'commit'],
  ] as const)(
    'when Exact %s costs one refused call over all processes, and a person who consents again (F42)',
    async (_when, moment) => {
      await dieAt(moment);
      expect(refreshes()).toEqual(['issued']);

      for (let another = 0; another < 2; another += 1)
        expect(await askAnother()).toMatchObject({ token: null, failure: 'reauth-required' });
      expect(refreshes()).toEqual(['issued', 'old-refresh-token']);
      expect(await stage.state()).toBe('reauth-required');

      await stage.reconnect();
      expect(await askAnother()).toEqual(aToken);
    },
  );
});
