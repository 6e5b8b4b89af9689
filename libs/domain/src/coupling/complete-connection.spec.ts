import { describe, expect, it } from 'vitest';
import { aConnection, aCouplingWorld, anAdministration, someSealedTokens } from '../testing/index.js';
import { beginConnection } from './begin-connection.js';
import { completeConnection } from './complete-connection.js';

type World = ReturnType<typeof aCouplingWorld>;
const session = { sessionHash: 'session-1', userId: '00000000-0000-7000-8000-00000000000a' };

async function begin(world: World, region = 'nl', state = 'state-1') {
  const { deps, tenantId } = world;
  const stateHash = `hash of ${state}`;
  const begun = await beginConnection(deps, {
    tenantId,
    region,
    forceLogin: false,
    state,
    stateHash,
    ...session,
  });
  return { begun, stateHash };
}

const complete = (
  world: World,
  over: { stateHash: string; code?: string; error?: string; sessionHash?: string },
) =>
  completeConnection(world.deps, {
    tenantId: world.tenantId,
    actor: world.actor,
    sessionHash: session.sessionHash,
    ...over,
  });

describe('completeConnection', () => {
  it('E15: stores sealed tokens, asks for the divisions and goes on to selecting', async () => {
    const world = aCouplingWorld();
    const { begun, stateHash } = await begin(world);
    expect(begun).toEqual({
      ok: true,
      value: { authorisationUrl: 'https://exact.example/nl?state=state-1' },
    });

    const completed = await complete(world, { stateHash, code: 'stampNL.ab+cd/ef=' });

    expect(completed).toMatchObject({
      ok: true,
      value: { region: 'nl', state: 'active', authorisedByName: 'Anneke' },
    });
    expect(world.consent.codes).toEqual(['stampNL.ab+cd/ef=']);
    expect(world.outbox.kinds()).toEqual(['list-divisions']);
    expect(await world.couplings.find()).toMatchObject({ step: 'select' });
    expect(await world.couplings.findStepLog()).toMatchObject([{ step: 'connect', actorName: 'Anneke' }]);
  });

  it('E15: exchanges a code once, however often the page is loaded', async () => {
    const world = aCouplingWorld();
    const { stateHash } = await begin(world);
    const first = await complete(world, { stateHash, code: 'c1' });
    const second = await complete(world, { stateHash, code: 'c1' });

    expect(second).toEqual(first);
    expect(world.consent.codes).toEqual(['c1']);
    expect(world.outbox.kinds()).toEqual(['list-divisions']);
  });

  it('says that the exchange is under way to who asks at the same time', async () => {
    const world = aCouplingWorld();
    const { stateHash } = await begin(world);
    const [first, second] = await Promise.all([
      complete(world, { stateHash, code: 'c1' }),
      complete(world, { stateHash, code: 'c1' }),
    ]);

    expect([first.ok, second]).toEqual([true, { ok: false, error: { kind: 'authorisation-in-progress' } }]);
    expect(world.consent.codes).toEqual(['c1']);
  });

  it('E15: refuses an unknown state and another session, and stores nothing', async () => {
    const world = aCouplingWorld();
    const { stateHash } = await begin(world);
    const unknown = { ok: false, error: { kind: 'authorisation-unknown' } };

    expect(await complete(world, { stateHash: 'other', code: 'c1' })).toEqual(unknown);
    expect(await complete(world, { stateHash, code: 'c1', sessionHash: 'session-2' })).toEqual(unknown);

    expect(world.consent.codes).toEqual([]);
    expect(await world.connections.findMany()).toEqual([]);
    expect(await world.couplings.find()).toBeUndefined();
  });

  it.each([
    {
      name: 'a denial',
      answer: { error: 'access_denied' },
      error: { kind: 'authorisation-refused', reason: 'access_denied' },
    },
    { name: 'no code', answer: {}, error: { kind: 'authorisation-refused', reason: 'no-code' } },
  ])('E15: goes back with a reason after $name, every time', async ({ answer, error }) => {
    const world = aCouplingWorld();
    const { stateHash } = await begin(world);
    expect(await complete(world, { stateHash, ...answer })).toEqual({ ok: false, error });
    expect(await complete(world, { stateHash, code: 'c1' })).toEqual({ ok: false, error });
    expect(world.consent.codes).toEqual([]);
  });

  it('E15: takes neither a late state nor a late code', async () => {
    const world = aCouplingWorld();
    const expired = { ok: false, error: { kind: 'authorisation-expired' } };
    const late = await begin(world);
    world.clock.now = new Date(world.clock.now.getTime() + 10 * 60_000);
    expect(await complete(world, { stateHash: late.stateHash, code: 'c1' })).toEqual(expired);
    expect(world.consent.codes).toEqual([]);

    const { stateHash } = await begin(world, 'nl', 'state-2');
    world.consent.refusesWith = 'code-refused';
    expect(await complete(world, { stateHash, code: 'c2' })).toEqual(expired);
    world.consent.refusesWith = undefined;
    expect(await complete(world, { stateHash, code: 'c2' })).toEqual(expired);
    expect(world.consent.codes).toEqual(['c2']);
  });

  it('E01, E03: reconnecting renews the tokens of the same connection and touches nothing else', async () => {
    const broken = aConnection({ state: 'reauth-required', stateReason: 'expired' });
    const administration = anAdministration({ state: 'active', code: '007', activatedAt: new Date() });
    const world = aCouplingWorld({
      coupling: { step: 'active', activatedAt: new Date(), contactHandling: 'manual' },
      connections: [broken],
      administrations: [administration],
    });
    const before = await world.couplings.find();
    const { stateHash } = await begin(world);

    expect(await complete(world, { stateHash, code: 'c1' })).toMatchObject({
      ok: true,
      value: { id: broken.id, state: 'active', stateReason: null, exactUserId: broken.exactUserId },
    });

    expect(world.connections.tokensOf(broken.id)).toEqual(someSealedTokens(`c1 for ${broken.id}`));
    expect(await world.administrations.findMany()).toEqual([administration]);
    expect(await world.couplings.find()).toEqual(before);
  });

  describe('with tokens that work and administrations that are coupled', () => {
    const working = aConnection();
    const active = anAdministration({ division: 900_001, state: 'active', code: '007' });
    const aWorkingWorld = async (connection = working) => {
      const world = aCouplingWorld({
        coupling: { step: 'active', activatedAt: new Date() },
        connections: [connection],
        administrations: [active],
      });
      await world.connections.replaceTokens(connection.id, someSealedTokens('at work'));
      return { world, before: await world.connections.findById(connection.id) };
    };
    const tokensOf = (world: World) => world.connections.tokensOf(working.id);

    it('E15, F81: refuses a user who reaches none of them, every time, and leaves the connection as it was', async () => {
      const { world, before } = await aWorkingWorld();
      world.consent.user = { id: 'exact-user-9', divisions: [800_001] };
      const { stateHash } = await begin(world);

      const refused = { ok: false, error: { kind: 'exact-user-differs' } };
      for (let count = 0; count < 2; count += 1)
        expect(await complete(world, { stateHash, code: 'c1' })).toEqual(refused);

      expect(world.consent.codes).toEqual(['c1']);
      expect(tokensOf(world)).toEqual(someSealedTokens('at work'));
      expect(await world.connections.findById(working.id)).toEqual(before);
      expect(world.outbox.kinds()).toEqual([]);
    });

    it('F81: gives them up for none that Exact could not be asked about', async () => {
      const { world, before } = await aWorkingWorld();
      world.consent.cannotLook = true;
      const { stateHash } = await begin(world);

      expect(await complete(world, { stateHash, code: 'c1' })).toEqual({
        ok: false,
        error: { kind: 'authorisation-refused', reason: 'exact-unavailable' },
      });
      expect(tokensOf(world)).toEqual(someSealedTokens('at work'));
      expect(await world.connections.findById(working.id)).toEqual(before);
    });

    it.each([
      ['the same user', { id: working.exactUserId, divisions: [] }],
      ['another user who reaches one of them', { id: 'exact-user-2', divisions: [900_001] }],
    ])('E03: takes the consent of %s', async (_name, user) => {
      const { world } = await aWorkingWorld();
      world.consent.user = user;
      const { stateHash } = await begin(world);

      expect(await complete(world, { stateHash, code: 'c1' })).toMatchObject({ ok: true });
      expect(tokensOf(world)).toEqual(someSealedTokens(`c1 for ${working.id}`));
    });

    it('E03: has nothing to lose where they work no more: the consent is stored at once, and judged once it is listed', async () => {
      const { world } = await aWorkingWorld({ ...working, state: 'reauth-required' });
      world.consent.cannotLook = true;
      const { stateHash } = await begin(world);

      expect(await complete(world, { stateHash, code: 'c1' })).toMatchObject({ ok: true });
      expect(tokensOf(world)).toEqual(someSealedTokens(`c1 for ${working.id}`));
    });
  });

  describe('of an Exact user who carries the connection of another organisation', () => {
    const elsewhere = { ok: false, error: { kind: 'exact-user-elsewhere' } };

    it('E15: is refused, every time, and its tokens go back to where they are the only ones', async () => {
      const world = aCouplingWorld();
      world.elsewhere.users.add(world.consent.user.id);
      const { stateHash } = await begin(world);

      for (let count = 0; count < 2; count += 1)
        expect(await complete(world, { stateHash, code: 'c1' })).toEqual(elsewhere);

      expect(world.consent.codes).toEqual(['c1']);
      expect(world.elsewhere.givenBack).toEqual([world.consent.user.id]);
      expect(await world.connections.findMany()).toEqual([]);
      expect(world.outbox.kinds()).toEqual([]);
    });

    it('E15: is refused to a connection that has none of its own left, too', async () => {
      const broken = aConnection({ state: 'reauth-required', stateReason: 'old-token' });
      const world = aCouplingWorld({ connections: [broken] });
      world.elsewhere.users.add(world.consent.user.id);
      const { stateHash } = await begin(world);

      expect(await complete(world, { stateHash, code: 'c1' })).toEqual(elsewhere);
      expect(await world.connections.findById(broken.id)).toEqual(broken);
    });

    it('E15: a consent of a user of its own is taken, and remembered as that user’s at once', async () => {
      const world = aCouplingWorld();
      world.elsewhere.users.add('exact-user-1');
      world.consent.user = { id: 'exact-user-2', divisions: [] };
      const { stateHash } = await begin(world);

      expect(await complete(world, { stateHash, code: 'c1' })).toMatchObject({
        ok: true,
        value: { exactUserId: 'exact-user-2' },
      });
      expect(world.elsewhere.givenBack).toEqual([]);
    });
  });

  it('refuses a country that no app is configured for', async () => {
    const world = aCouplingWorld();
    const { begun } = await begin(world, 'de');
    expect(begun).toEqual({ ok: false, error: { kind: 'region-not-configured' } });
  });
});
