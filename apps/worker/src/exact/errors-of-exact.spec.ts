import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '@koppel/domain/kernel';
import { factsOfCause, fillText, type IssueCause } from '@koppel/domain/issues';
import { sendWrite, wakeConnection, type SourceFault } from '@koppel/domain/sync';
import {
  anAccountRow,
  anAdministration,
  aStoredAccount,
  aSyncRun,
  aSyncWorld,
  aWriteIntent,
  InMemoryWriteSource,
  type SyncWorld,
} from '@koppel/domain/testing';
import { ExactError, type ExactFailure } from '@koppel/exact-client';
import { exactClock } from './exact-clock.js';
import { toSourceFault } from './to-source-fault.js';

const [amsterdam, utrecht] = [
  anAdministration({ division: 900_001, state: 'active', position: 1 }),
  anAdministration({ division: 900_002, state: 'active', position: 2 }),
];
const intent = aWriteIntent({ patch: { name: 'Nieuw' } });
/** From this try on people are told of what passes by itself. */
const triesUntilTold = 4;
const triesUntilGivenUp = 140;

let world: SyncWorld;
let exact: InMemoryWriteSource;
beforeEach(async () => {
  world = aSyncWorld([amsterdam, utrecht]);
  for (const { division } of [amsterdam, utrecht]) world.source.of(division).accounts = [anAccountRow(1)];
  exact = new InMemoryWriteSource([anAccountRow(1, { shared: { name: 'Oud' } })]);
  const now = world.time;
  const context = { administrationId: amsterdam.id, runId: aSyncRun().id, now, writtenSince: now };
  const stored = aStoredAccount(1, { shared: { name: 'Oud' } });
  await world.sourceStore.upsertAccounts({ ...context, isFullRead: true }, [stored]);
  await world.link({ sourceRelationId: stored.id, relationId: intent.relationId });
  await world.writeIntents.addMany([intent]);
});

function faultOf(failure: ExactFailure): SourceFault {
  return toSourceFault(new ExactError(failure), {
    clock: exactClock(() => world.time, 1),
    tokenIssuedAt: world.time,
  });
}
const says = (message: string): ExactFailure => ({ kind: 'validation', message, status: 500 });
const open = () => world.issues.all().filter(({ state }) => state === 'open');

/** What people read of the one open issue, with its first way out. */
function told() {
  const [issue, ...others] = open();
  expect(others).toEqual([]);
  const facts = factsOfCause(issue!.cause);
  const texts = [facts.title, facts.explanation].map((text) => fillText(text, issue!.params));
  for (const { nl, en } of texts) {
    expect(nl).not.toBe(en);
    expect(`${nl} ${en}`).not.toMatch(/…|[{}]|undefined/);
  }
  return {
    cause: issue!.cause,
    class: issue!.class,
    isBlocking: issue!.isBlocking,
    wayOut: facts.waysOut[0],
  };
}
const send = () =>
  sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: intent.id });
async function sendUntilTold(failure: ExactFailure) {
  for (let time = 0; time < triesUntilTold; time += 1) {
    exact.nextReads = [faultOf(failure)];
    const outcome = await send();
    if (outcome.kind === 'waiting') world.time = outcome.dueAt;
  }
}
/** A later write of the same, which nothing stops. */
async function sendAnother() {
  const another = aWriteIntent({ id: 'another' as typeof intent.id, patch: intent.patch });
  await world.writeIntents.addMany([another]);
  await sendWrite({ ...world.deps, source: exact }, { tenantId: world.tenantId, intentId: another.id });
}
/** A step and those of its administration that follow, with its waits. */
async function toTheEnd(message: Message) {
  let next = message;
  for (let step = 0; step < 50; step += 1) {
    const outcome = await world.step(next);
    if (outcome.kind === 'waiting') world.time = outcome.dueAt;
    else if (outcome.kind !== 'ended' || outcome.nextStepId === null || next.kind !== 'run-step') return;
    else next = { ...next, stepId: outcome.nextStepId };
  }
}
async function fetchUntilTold(failure: ExactFailure, tries: number) {
  const at = { division: amsterdam.division, kind: 'accounts' } as const;
  world.source.fail(faultOf(failure), { ...at, times: tries });
  const runId = await world.start('resync');
  const [message, ofUtrecht] = world.takeMessages();
  for (let time = 0; time < tries; time += 1) {
    const outcome = await world.step(message!);
    if (outcome.kind === 'waiting') world.time = outcome.dueAt;
  }
  return { runId, again: () => world.step(message!), others: () => toTheEnd(ofUtrecht!) };
}

describe('what Exact refuses of a write (product.md 5)', () => {
  const refusals: readonly (readonly [says: string, IssueCause, issueClass: string, wayOut: string])[] = [
    ['Gegeven bestaat reeds', 'write-exists', 'data', 'open-relation'],
    ['Data already exists', 'write-exists', 'data', 'open-relation'],
    ['Ongeldige referentie: Betalingsconditie', 'reference-invalid', 'configuration', 'open-settings'],
    ['Ongeldige referentie: Btw-code', 'reference-invalid', 'configuration', 'open-settings'],
    ['Ongeldig grootboekrekeningtype', 'ledger-account-unusable', 'configuration', 'open-settings'],
    ['Geblokkeerd: Grootboekrekening', 'ledger-account-unusable', 'configuration', 'open-settings'],
    ['Periode is afgesloten', 'period-closed', 'data', 'open-exact'],
    ['Relatie is geen klant', 'role-missing', 'data', 'open-exact'],
    ['Relatie is geen leverancier', 'role-missing', 'data', 'open-exact'],
    ['Verplicht: Naam', 'write-refused', 'data', 'write-again'],
  ];
  it.each(refusals)(
    '"%s" is one issue, %s, until it is written',
    async (message, cause, issueClass, wayOut) => {
      exact.put(anAccountRow(2, { shared: { name: 'Nieuw' } }));
      exact.next = faultOf(says(message));
      expect(await send()).toEqual({ kind: 'failed' });
      expect(told()).toEqual({ cause, class: issueClass, isBlocking: false, wayOut });

      await sendAnother();
      expect(open()).toEqual([]);
    },
  );

  it('a right that is missing is one, until it is written', async () => {
    exact.next = faultOf({ kind: 'forbidden-module', reason: 'ApplicationScope' });
    await send();
    const wayOut = 'write-again';
    expect(told()).toEqual({ cause: 'write-forbidden', class: 'permission', isBlocking: false, wayOut });
    await sendAnother();
    expect(open()).toEqual([]);
  });
});

describe('what Exact does not answer (product.md 5)', () => {
  const silences: readonly (readonly [what: string, ExactFailure, read: IssueCause])[] = [
    ['503', { kind: 'unavailable', status: 503, retryAt: undefined }, 'fetch-failed'],
    ['a time-out', { kind: 'timeout', phase: 'headers', afterMs: 30_000 }, 'fetch-failed'],
    ['a lost connection', { kind: 'network', phase: 'body', code: 'ECONNRESET' }, 'fetch-failed'],
    [
      'a page of HTML',
      { kind: 'unexpected-content', status: 200, contentType: 'text/html' },
      'unexpected-answer',
    ],
    ['half an answer', { kind: 'malformed', reason: 'not JSON', mayPass: true }, 'unexpected-answer'],
  ];
  it.each(silences)(
    '%s to a question is one issue after some tries, until a page comes',
    async (_, failure, cause) => {
      const { again } = await fetchUntilTold(failure, triesUntilTold);
      expect(told()).toEqual({ cause, class: 'transient', isBlocking: true, wayOut: 'retry' });
      await again();
      expect(open()).toEqual([]);
    },
  );

  it.each(silences)(
    '%s to a write is in doubt, looked up before it is repeated, and told after some tries',
    async (_, failure) => {
      await sendUntilTold(failure);
      const wayOut = 'write-again';
      expect(told()).toEqual({ cause: 'write-uncertain', class: 'transient', isBlocking: false, wayOut });
      expect(await send()).toEqual({ kind: 'confirmed' });
      expect([open(), exact.writes]).toEqual([[], [intent.patch]]);
    },
  );

  it.each<readonly [what: string, ExactFailure]>([
    ['another shape', { kind: 'malformed', reason: 'no d in the answer' }],
    ['pages that lead in a circle', { kind: 'loop' }],
    ['a page that leads elsewhere', { kind: 'foreign-link', host: 'evil.test' }],
  ])(
    '%s ends the part at once, as one issue, until the next resync reads a page (F36, F37)',
    async (_, failure) => {
      const { runId, others } = await fetchUntilTold(failure, 1);
      expect(await world.stepOf(runId, amsterdam.division, 'accounts')).toMatchObject({ state: 'failed' });
      expect(told()).toEqual({
        cause: 'unexpected-answer',
        class: 'transient',
        isBlocking: true,
        wayOut: 'retry',
      });
      await others();
      await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
      await world.start('resync');
      await world.work();
      expect(open()).toEqual([]);
    },
  );

  it.each<readonly [what: string, ExactFailure]>([
    ['another shape', { kind: 'malformed', reason: 'no d in the answer' }],
    ['pages that lead in a circle', { kind: 'loop' }],
  ])('%s in answer to a write leaves it in doubt, as half an answer does (F36, F37)', async (_, failure) => {
    await sendUntilTold(failure);
    expect(told()).toMatchObject({ cause: 'write-uncertain', wayOut: 'write-again' });
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect([open(), exact.writes]).toEqual([[], [intent.patch]]);
  });

  it('an Exact that answers nobody for long is one issue of steps and writes together, until any answer comes (F32)', async () => {
    const silentFor = (ms: number): ExactFailure => ({
      kind: 'circuit-open',
      until: new Date(world.time.getTime() + ms),
    });
    const { runId, again } = await fetchUntilTold(silentFor(119_000), 1);
    expect(open()).toEqual([]);
    const at = { division: amsterdam.division, kind: 'accounts' } as const;
    for (let time = 0; time < triesUntilGivenUp; time += 1) {
      world.source.fail(faultOf(silentFor(900_000)), at);
      await again();
      world.advance(900_000);
    }
    expect(await world.stepOf(runId, amsterdam.division, 'accounts')).toMatchObject({ attempts: 0 });
    exact.nextReads = [faultOf(silentFor(900_000))];
    expect(await send()).toMatchObject({ kind: 'waiting' });
    expect(await world.writeIntents.findById(intent.id)).toMatchObject({ state: 'planned', attempts: 0 });
    const expected = { cause: 'exact-silent', class: 'transient', isBlocking: false, wayOut: 'ignore' };
    expect(told()).toEqual(expected);

    world.advance(900_000);
    expect(await send()).toEqual({ kind: 'confirmed' });
    expect(open()).toEqual([]);
  });

  it('a limit of a day is one issue that says until when, until a page comes; one of a minute is none', async () => {
    const limit = (window: 'day' | 'minute'): ExactFailure => ({
      kind: 'rate-limited',
      window,
      resetsAt: new Date(world.time.getTime() + 3_600_000),
    });
    const { others } = await fetchUntilTold(limit('minute'), 1);
    expect(open()).toEqual([]);
    world.source.fail(faultOf(limit('day')), { division: utrecht.division, kind: 'accounts' });
    await others();
    expect(world.issues.all()).toMatchObject([{ cause: 'day-limit-reached', state: 'resolved' }]);
    exact.nextReads = [faultOf(limit('day'))];
    await send();
    expect(told()).toEqual({
      cause: 'day-limit-reached',
      class: 'transient',
      isBlocking: false,
      wayOut: 'ignore',
    });
  });
});

describe('doors that Exact closes (product.md 5)', () => {
  const reasons = ['old-token', 'expired', 'refused'] as const;
  it.each(reasons)(
    'a consent that is over (%s) asks to reconnect, and goes on where it was',
    async (reason) => {
      const { again } = await fetchUntilTold({ kind: 'reauth-required', reason }, 1);
      const wayOut = 'reconnect';
      expect(told()).toEqual({ cause: 'connection-broken', class: 'permission', isBlocking: true, wayOut });
      const { tenantId } = world;
      await wakeConnection(world.deps, { tenantId, connectionId: amsterdam.connectionId });
      expect(open()).toEqual([]);
      expect((await again()).kind).toBe('ended');
    },
  );

  it.each(['NoDivisionAccess', 'LicenseExpired'])(
    'one administration that is closed (%s) stops, says where to grant access, and the others go on',
    async (reason) => {
      const { runId, others } = await fetchUntilTold({ kind: 'forbidden-division', reason }, 1);
      const cause = 'administration-forbidden';
      expect(told()).toEqual({ cause, class: 'permission', isBlocking: true, wayOut: 'retry' });
      await others();
      expect(await world.stepOf(runId, utrecht.division, 'deleted')).toMatchObject({ state: 'done' });
      expect(await world.administrations.findById(amsterdam.id)).toMatchObject({ state: 'access-lost' });
    },
  );

  it('a right to read one kind that is missing skips that kind, until a page of it comes', async () => {
    const { runId } = await fetchUntilTold({ kind: 'forbidden-module', reason: undefined }, 1);
    expect(told()).toEqual({
      cause: 'right-missing',
      class: 'permission',
      isBlocking: false,
      wayOut: 'retry',
    });
    await world.work();
    await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
    await world.start('resync');
    await world.work();
    expect(open()).toEqual([]);
  });
});
