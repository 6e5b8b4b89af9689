import { describe, expect, it } from 'vitest';
import { ExactError, type ReauthReason } from '../errors.js';
import { aClock, type TestClock } from '../testing/a-clock.js';
import { aGrant, anOAuthError, TokenEndpoint } from '../testing/a-token-endpoint.js';
import { aScript, anAnswer } from '../testing/answers.js';
import { InMemoryTokenStore } from '../testing/in-memory-token-store.js';
import type { Transport } from '../transport.js';
import { createTokenKeeper, type TokenKeeper } from './token-keeper.js';
import type { TokenRow } from './token-store.js';

const ID = 'connection-1';

function aRow(clock: TestClock, overrides: Partial<TokenRow> = {}): TokenRow {
  return {
    accessToken: 'AT1',
    refreshToken: 'RT1',
    accessIssuedAt: clock.now(),
    state: 'active',
    generation: 1,
    ...overrides,
  };
}

interface World {
  clock: TestClock;
  store: InMemoryTokenStore;
  endpoint: TokenEndpoint;
  reauths: ReauthReason[];
  waitsMs: number[];
  keeper: (transport?: Transport, wait?: (ms: number) => Promise<void>) => TokenKeeper;
}

function aWorld(overrides: Partial<TokenRow> = {}): World {
  const clock = aClock();
  const store = new InMemoryTokenStore({ [ID]: aRow(clock, overrides) });
  const endpoint = new TokenEndpoint(clock.now);
  const reauths: ReauthReason[] = [];
  const waitsMs: number[] = [];
  const note = (ms: number): Promise<void> => {
    waitsMs.push(ms);
    return Promise.resolve();
  };
  const keeper: World['keeper'] = (transport = endpoint.transport, wait = note) =>
    createTokenKeeper({
      store,
      transport,
      baseUrl: 'https://start.exactonline.nl',
      clientId: 'client',
      clientSecret: 'secret',
      now: clock.now,
      onReauthRequired: (_id, reason) => {
        reauths.push(reason);
      },
      wait,
    });
  return { clock, store, endpoint, reauths, waitsMs, keeper };
}

async function kindOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ExactError ? error.kind : `not an ExactError: ${String(error)}`;
}

describe('token keeper: when it refreshes', () => {
  it.each([300, 540, 565, 569])(
    'E02 uses the token it has at %i s and leaves the token endpoint alone',
    async (s) => {
      const world = aWorld();
      world.clock.advance(s * 1_000);

      expect(await world.keeper().accessToken(ID)).toBe('AT1');
      expect(world.endpoint.calls).toBe(0);
    },
  );

  it.each([570, 572, 601, 86_400])('E02 refreshes once at %i s', async (s) => {
    const world = aWorld();
    world.clock.advance(s * 1_000);

    expect(await world.keeper().accessToken(ID)).toBe('AT2');
    expect(world.endpoint.calls).toBe(1);
    expect(await world.store.read(ID)).toMatchObject({ refreshToken: 'RT2', generation: 2, state: 'active' });
  });

  it('E02 keeps the token when Exact says that it has not expired, and does not ask again at once', async () => {
    const world = aWorld();
    world.clock.advance(571_000);
    const tooEarly = anOAuthError(400, 'access_denied', 'Rate limit exceeded: access_token not expired');
    const transport = aScript(tooEarly);
    const keeper = world.keeper(transport);

    expect(await keeper.accessToken(ID)).toBe('AT1');
    expect(await keeper.accessToken(ID)).toBe('AT1');
    expect(transport.requests).toHaveLength(1);
    expect((await world.store.read(ID))?.state).toBe('active');
  });

  it('asks Exact when the clock was set back before the token was issued (F60)', async () => {
    const world = aWorld();
    world.clock.advance(-60_000);

    expect(await world.keeper().accessToken(ID)).toBe('AT1');
    expect(world.endpoint.calls).toBe(1);
  });

  it('sends the refresh as a form and only the refresh token it holds', async () => {
    const world = aWorld({ refreshToken: 'st!mp+NL/=' });
    world.clock.advance(580_000);
    const transport = aScript(aGrant('AT2', 'RT2'));

    await world.keeper(transport).accessToken(ID);

    const [request] = transport.requests;
    expect(request?.url).toBe('https://start.exactonline.nl/api/oauth2/token');
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'st!mp+NL/=',
      client_id: 'client',
      client_secret: 'secret',
    });
  });
});

describe('token keeper: one refresh over all processes', () => {
  it('E01 eight processes with three requests each make one token call and all get the new token', async () => {
    const world = aWorld();
    world.clock.advance(601_000);
    const keepers = Array.from({ length: 8 }, () => world.keeper());

    const tokens = await Promise.all(
      keepers.flatMap((keeper) => [1, 2, 3].map(() => keeper.accessToken(ID))),
    );

    expect(new Set(tokens)).toEqual(new Set(['AT2']));
    expect(tokens).toHaveLength(24);
    expect(world.endpoint).toMatchObject({ calls: 1, oldTokenUses: 0 });
  });

  it('E01 over 500 expiries eight processes never spend a refresh token twice', async () => {
    const world = aWorld();
    const keepers = Array.from({ length: 8 }, () => world.keeper());
    for (let round = 1; round <= 500; round += 1) {
      world.clock.advance(570_000 + (round % 7) * 10_000);
      const tokens = await Promise.all(keepers.map((keeper) => keeper.accessToken(ID)));
      expect(new Set(tokens).size).toBe(1);
    }

    expect(world.endpoint).toMatchObject({ calls: 500, oldTokenUses: 0 });
  });

  it('E01 commits the new pair before anybody gets the token', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    const order: string[] = [];
    const commit = world.store.commits.push.bind(world.store.commits);
    world.store.commits.push = (...rows) => {
      order.push(`commit ${rows[0]?.refreshToken ?? ''}`);
      return commit(...rows);
    };

    order.push(`use ${await world.keeper().accessToken(ID)}`);

    expect(order).toEqual(['commit RT2', 'use AT2']);
  });

  it('keeps connections apart', async () => {
    const world = aWorld();
    const keeper = world.keeper();

    expect(await kindOf(keeper.accessToken('another'))).toBe('reauth-required');
    expect(await keeper.accessToken(ID)).toBe('AT1');
  });
});

describe('token keeper: an answer in hand is never lost', () => {
  it('F43 saves the pair by compare-and-swap when the commit is lost', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    world.store.faults.lostCommits = 1;
    world.store.faults.failingSwaps = 3;

    expect(await world.keeper().accessToken(ID)).toBe('AT2');
    expect(world.endpoint.calls).toBe(1);
    expect(await world.store.read(ID)).toMatchObject({ refreshToken: 'RT2', state: 'active' });
  });

  it('does not hand out a token that could not be saved, and saves it at the next call', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    world.store.faults.lostCommits = 1;
    world.store.faults.failingSwaps = 8;
    const keeper = world.keeper();

    await expect(keeper.accessToken(ID)).rejects.toThrow('database');
    expect((await world.store.read(ID))?.refreshToken).toBe('RT1');

    expect(await keeper.accessToken(ID)).toBe('AT2');
    expect(world.endpoint.calls).toBe(1);
  });

  it('F43 a paused process that wakes up revives a connection that was given up meanwhile', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    await world.endpoint.transport({
      method: 'POST',
      url: 'https://start.exactonline.nl/api/oauth2/token',
      headers: {},
      body: new URLSearchParams({ refresh_token: 'RT1' }).toString(),
    });
    const other = world.keeper();
    expect(await kindOf(other.accessToken(ID))).toBe('reauth-required');

    const woken = await world.store.swap(
      ID,
      'RT1',
      aRow(world.clock, { accessToken: 'AT2', refreshToken: 'RT2' }),
    );

    expect(woken).toBe(true);
    expect(await other.accessToken(ID)).toBe('AT2');
  });

  it('E01 finds the pair that another process saved while Exact called the token old', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    const old = anOAuthError(401, 'unauthorized_client', 'Old refresh token used.');
    const keeper = createTokenKeeper({
      store: world.store,
      transport: aScript(old),
      baseUrl: 'https://start.exactonline.nl',
      clientId: 'client',
      clientSecret: 'secret',
      now: world.clock.now,
      onReauthRequired: (_id, reason) => {
        world.reauths.push(reason);
      },
      wait: async () => {
        await world.store.swap(ID, 'RT1', aRow(world.clock, { accessToken: 'AT9', refreshToken: 'RT9' }));
      },
    });

    expect(await keeper.accessToken(ID)).toBe('AT9');
    expect(world.reauths).toEqual([]);
  });
});

describe('token keeper: when only a person can help', () => {
  it.each([
    ['E01 old token, 401', anOAuthError(401, 'unauthorized_client', 'Old refresh token used.'), 'old-token'],
    ['E01 old token, 400', anOAuthError(400, 'unauthorized_client', 'Old refresh token used.'), 'old-token'],
    [
      'E03 expired',
      anOAuthError(400, 'invalid_request', 'The refresh token expired at 10/11/2022 9:18:20 PM.'),
      'expired',
    ],
    ['F45 revoked', anOAuthError(400, 'invalid_grant', ''), 'refused'],
  ] as const)('%s: says why, once, and calls the token endpoint no more', async (_name, answer, reason) => {
    const world = aWorld();
    world.clock.advance(600_000);
    const transport = aScript(answer);
    const keepers = [world.keeper(transport), world.keeper(transport)];

    for (const keeper of [...keepers, ...keepers])
      expect(await kindOf(keeper.accessToken(ID))).toBe('reauth-required');

    expect(transport.requests).toHaveLength(1);
    expect(world.reauths).toEqual([reason]);
    expect(await world.store.read(ID)).toMatchObject({ state: 'reauth-required', refreshToken: 'RT1' });
  });

  it('F42 others that find a refused refresh wait for the pair, and declare it dead without a call when none comes', async () => {
    const world = aWorld({ state: 'refresh-refused' });
    world.clock.advance(600_000);
    const others = [world.keeper(), world.keeper(), world.keeper()];

    const kinds = await Promise.all(others.map((other) => kindOf(other.accessToken(ID))));

    expect(new Set(kinds)).toEqual(new Set(['reauth-required']));
    expect(world.endpoint.calls).toBe(0);
    expect(world.reauths).toEqual(['old-token']);
  });

  it('F42 one that finds a refused refresh waits a minute for the pair before it declares it dead', async () => {
    const world = aWorld({ state: 'refresh-refused' });
    world.clock.advance(600_000);

    expect(await kindOf(world.keeper().accessToken(ID))).toBe('reauth-required');

    expect(world.waitsMs.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(60_000);
  });

  it('F42 spends one call on a lost token, also when the process that was refused dies while it watches', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    world.endpoint.spoiled.push(new Error('killed'));
    await expect(world.keeper().accessToken(ID)).rejects.toThrow('killed');
    const died = world.keeper(undefined, () => new Promise<never>(() => undefined));
    void died.accessToken(ID);
    await expect.poll(() => world.store.commits.at(-1)?.state).toBe('refresh-refused');

    const others = [world.keeper(), world.keeper()];
    for (const other of others) expect(await kindOf(other.accessToken(ID))).toBe('reauth-required');

    expect(world.endpoint).toMatchObject({ calls: 2, oldTokenUses: 1 });
    expect(world.reauths).toEqual(['old-token']);
  });

  it('says so when there is no connection', async () => {
    const world = aWorld();
    const error = await world
      .keeper()
      .accessToken('nobody')
      .catch((reason: unknown) => reason);

    expect((error as ExactError).failure).toEqual({ kind: 'reauth-required', reason: 'no-connection' });
  });
});

describe('token keeper: a spoiled answer', () => {
  const html = anAnswer({ body: '<html>login</html>', headers: { 'content-type': 'text/html' } });
  it.each([
    ['HTML', html],
    ['no refresh_token', anAnswer({ body: { access_token: 'AT2', expires_in: '600' } })],
    ['nothing', anAnswer({ body: '' })],
    ['a cut body', new ExactError({ kind: 'network', phase: 'body', code: 'ECONNRESET' })],
  ])(
    'F44 with %s is retried once with care, and works when Exact had not rotated',
    async (_name, spoiled) => {
      const world = aWorld();
      world.clock.advance(600_000);
      const transport = aScript(spoiled, aGrant('AT2', 'RT2'));

      expect(await world.keeper(transport).accessToken(ID)).toBe('AT2');
      expect(world.store.commits.map((row) => row.state)).toEqual(['refresh-unknown', 'active']);
    },
  );

  it('F44 keeps the answer as it came, cut off, until there are tokens that work', async () => {
    const lost = { access_token: 'AT2', expires_in: '600' };
    for (const retry of [html, aGrant('AT3', 'RT3')]) {
      const world = aWorld();
      world.clock.advance(600_000);
      const transport = aScript(anAnswer({ body: lost }), retry);
      await world
        .keeper(transport)
        .accessToken(ID)
        .catch(() => undefined);
      expect(world.store.unread).toBe(retry === html ? JSON.stringify(lost) : undefined);
    }
    const world = aWorld();
    world.clock.advance(600_000);
    const long = anAnswer({ body: 'x'.repeat(1_000_000) });
    await world
      .keeper(aScript(long, html))
      .accessToken(ID)
      .catch(() => undefined);
    expect(world.store.unread).toBe('x'.repeat(16_000));
  });

  it('F44 ends in reauth-required when Exact had rotated, after one careful retry', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    world.endpoint.spoiled.push(html);

    expect(await kindOf(world.keeper().accessToken(ID))).toBe('reauth-required');
    expect(world.endpoint.calls).toBe(2);
    expect(world.reauths).toEqual(['old-token']);
  });

  it('F44 ends in reauth-required when the careful retry is unreadable as well', async () => {
    const world = aWorld();
    world.clock.advance(600_000);

    expect(await kindOf(world.keeper(aScript(html, html)).accessToken(ID))).toBe('reauth-required');
    expect(world.reauths).toEqual(['answer-unreadable']);
  });

  it('F44 another process that finds the refresh in doubt waits, then makes the one careful retry', async () => {
    const world = aWorld({ state: 'refresh-unknown' });
    world.clock.advance(600_000);

    expect(await world.keeper().accessToken(ID)).toBe('AT2');
    expect(world.waitsMs.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(20_000);
  });
});

describe('token keeper: the token endpoint is away', () => {
  it.each([
    ['rate-limited', anAnswer({ status: 429, body: '' })],
    ['unavailable', anAnswer({ status: 503, body: '<html>' })],
    ['timeout', new ExactError({ kind: 'timeout', phase: 'headers', afterMs: 15_000 })],
    ['network', new ExactError({ kind: 'network', phase: 'connect', code: 'ECONNREFUSED' })],
    ['unexpected-content', anAnswer({ status: 403, body: 'proxy says no' })],
  ])('F46 %s is passed on, costs nothing and is not asked again at once', async (kind, answer) => {
    const world = aWorld();
    world.clock.advance(600_000);
    const transport = aScript(answer, aGrant('AT2', 'RT2'));
    const keeper = world.keeper(transport);

    expect(await kindOf(keeper.accessToken(ID))).toBe(kind);
    expect(await kindOf(keeper.accessToken(ID))).toBe(kind);
    expect(transport.requests).toHaveLength(1);
    expect((await world.store.read(ID))?.state).toBe('active');

    world.clock.advance(61_000);
    expect(await keeper.accessToken(ID)).toBe('AT2');
    expect(world.reauths).toEqual([]);
  });
});

describe('keep-alive', () => {
  it('E03 refreshes a connection that nobody used for a day', async () => {
    const world = aWorld();
    world.clock.advance(24 * 3_600_000);

    await world.keeper().keepAlive(ID);

    expect((await world.store.read(ID))?.refreshToken).toBe('RT2');
  });

  it('leaves a connection alone that was used lately, is broken or is gone', async () => {
    const world = aWorld();
    world.clock.advance(3_600_000);
    await world.keeper().keepAlive(ID);
    await world.keeper().keepAlive('nobody');
    const broken = aWorld({ state: 'reauth-required' });
    broken.clock.advance(24 * 3_600_000);
    await broken.keeper().keepAlive(ID);

    expect([world.endpoint.calls, broken.endpoint.calls]).toEqual([0, 0]);
  });
});

describe('secrets', () => {
  it('no token is in an error that the keeper throws', async () => {
    const world = aWorld();
    world.clock.advance(600_000);
    const transport = aScript(anOAuthError(400, 'invalid_grant', 'RT1 AT1 secret'));
    const error = await world
      .keeper(transport)
      .accessToken(ID)
      .catch((reason: unknown) => reason);

    const told = JSON.stringify(error) + String(error) + ((error as Error).stack ?? '');
    expect(told).not.toMatch(/RT1|AT1/);
  });
});
