import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../start-sandbox.js';
import { authorise, call, postToken, type Tokens } from '../testing/connected-app.js';
import { RestartingSandbox } from '../testing/restarting-sandbox.js';

const DIVISION = 3412001;
const OTHER = 3412002;
const DAY = 86_400_000;

let restarting: RestartingSandbox;
const refresh = (sandbox: Sandbox, token: string): Promise<Response> =>
  postToken(sandbox, { grant_type: 'refresh_token', refresh_token: token });
const refreshed = async (sandbox: Sandbox, { refresh_token }: Tokens): Promise<Tokens> => {
  await sandbox.clock.advance(580_000);
  // Safe: a refusal has no refresh token, which the expectations would show.
  return (await (await refresh(sandbox, refresh_token)).json()) as Tokens;
};
const accounts = (sandbox: Sandbox, { access_token }: Tokens, division = DIVISION): ReturnType<typeof call> =>
  call(sandbox, access_token, `${division}/crm/Accounts/$count`);

beforeEach(() => {
  restarting = new RestartingSandbox();
});
afterEach(() => restarting.remove());

describe('tokens after a restart', () => {
  it('the refresh token works once, and the one before it is still refused as old', async () => {
    const first = await authorise(await restarting.start());
    const second = await refreshed(restarting.now, first);
    const sandbox = await restarting.start();

    const third = await refreshed(sandbox, second);

    expect(third.refresh_token).toHaveLength(900);
    for (const old of [first, second]) {
      const refused = await refresh(sandbox, old.refresh_token);
      expect(refused.status).toBe(401);
      expect(await refused.json()).toMatchObject({ error_description: 'Old refresh token used.' });
    }
  });

  it('the chain goes on through many restarts, each time with tokens that were never given out before', async () => {
    let tokens = await authorise(await restarting.start());
    const given = [tokens.refresh_token];

    for (let restart = 0; restart < 4; restart += 1) {
      tokens = await refreshed(await restarting.start(), tokens);
      given.push(tokens.refresh_token);
    }

    expect(new Set(given).size).toBe(5);
    for (const old of given.slice(0, -1)) expect((await refresh(restarting.now, old)).status).toBe(401);
    expect((await accounts(restarting.now, tokens)).status).toBe(200);
  });

  it('an access token lives as long as it would have, also when the clock was moved before', async () => {
    const tokens = await authorise(await restarting.start());
    await restarting.now.clock.advance(400_000);
    const sandbox = await restarting.start();

    const young = await accounts(sandbox, tokens);
    await sandbox.clock.advance(200_000);
    const old = await accounts(sandbox, tokens);

    expect([young.status, old.status]).toEqual([200, 401]);
  });

  it('a refresh is still too early within 570 seconds of the last', async () => {
    const { refresh_token } = await authorise(await restarting.start());
    await restarting.now.clock.advance(300_000);

    const answer = await refresh(await restarting.start(), refresh_token);

    expect(answer.status).toBe(400);
    expect(answer.headers.get('reason')).toContain('TooEarlyToRefreshTokens');
  });

  it('the consent still covers the divisions that it covered, and no others', async () => {
    const tokens = await authorise(await restarting.start(), { divisions: [DIVISION] });
    const sandbox = await restarting.start();

    const answers = [await accounts(sandbox, tokens), await accounts(sandbox, tokens, OTHER)];

    expect(answers.map(({ status }) => status)).toEqual([200, 403]);
  });

  it('a revoked user stays revoked until a new consent', async () => {
    const revoked = await authorise(await restarting.start());
    restarting.now.faults.plant({ kind: 'token-revoked', user: 'anna@bouwgroep-demo.nl' });
    const sandbox = await restarting.start();

    const refused = await refresh(sandbox, revoked.refresh_token);
    const renewed = await authorise(sandbox);
    await restarting.start();

    expect(await refused.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await accounts(restarting.now, renewed)).status).toBe(200);
  });

  it('spent tokens are forgotten once they would have expired anyway', async () => {
    let tokens = await authorise(await restarting.start());
    for (let day = 0; day < 40; day += 1) {
      await restarting.now.clock.advance(DAY);
      tokens = await refreshed(restarting.now, tokens);
    }

    await restarting.start();

    const kinds = restarting.lines().map((line) => /"kind":"(\w+)"/.exec(line)?.[1]);
    expect(kinds.filter((kind) => kind === 'issued')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'spent').length).toBeLessThan(31);
    expect(await refreshed(restarting.now, tokens)).toHaveProperty('access_token');
  });
});
