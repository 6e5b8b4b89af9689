import { describe, expect, it } from 'vitest';
import { newCoupling } from '../coupling/coupling.js';
import type { CouplingStep } from '../coupling/index.js';
import { asId, type TenantId } from '../kernel/index.js';
import {
  anAdministration,
  InMemoryAdministrations,
  InMemoryCouplings,
  InMemoryIssues,
  InMemoryOutbox,
  InMemoryUnitOfWork,
  InMemoryWriteIntents,
  aWriteIntent,
  sequentialIds,
} from '../testing/index.js';
import type { AdministrationState } from './administration.js';
import { setAdministrationState, type WantedState } from './set-administration-state.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const now = new Date('2026-11-25T12:00:00Z');

const issues = new InMemoryIssues(sequentialIds());
const waiting = aWriteIntent({
  administrationId: anAdministration().id,
  dueAt: new Date(now.getTime() + 1_800_000),
});
let couplingStep: CouplingStep = 'active';
let writeIntents = new InMemoryWriteIntents();
let outbox = new InMemoryOutbox();

function attempt(
  from: AdministrationState,
  state: WantedState,
  version = 1,
  since: { activatedAt: Date | null; selectedAt?: Date } = { activatedAt: now },
) {
  const administration = anAdministration({ state: from, code: '007', nextSyncAt: now, ...since });
  const uow = new InMemoryUnitOfWork({
    administrations: new InMemoryAdministrations([administration]),
    issues,
    couplings: new InMemoryCouplings({ ...newCoupling('select', now), step: couplingStep }),
    writeIntents,
    outbox,
  });
  const deps = { uow, now: () => now, newId: sequentialIds() };
  return setAdministrationState(deps, { tenantId, administrationId: administration.id, state, version });
}

describe('setAdministrationState', () => {
  it.each<[AdministrationState, WantedState]>([
    ['active', 'paused'],
    ['paused', 'active'],
    ['access-lost', 'paused'],
    ['active', 'removed'],
    ['paused', 'removed'],
    ['access-lost', 'removed'],
  ])('makes %s %s, and its code stays reserved', async (from, to) => {
    const nextSyncAt = to === 'active' ? now : null;
    expect(await attempt(from, to)).toMatchObject({
      ok: true,
      value: { state: to, code: '007', nextSyncAt, version: 2 },
    });
  });

  it.each<[AdministrationState, WantedState]>([
    ['available', 'active'],
    ['selected', 'removed'],
    ['coupling', 'paused'],
    ['removed', 'active'],
    ['access-lost', 'active'],
  ])('does not make %s %s', async (from, to) => {
    expect(await attempt(from, to)).toEqual({ ok: false, error: { kind: 'wrong-step', state: from } });
  });

  it('takes one that was never active up again where its coupling is, or lets it be chosen anew', async () => {
    const never = { activatedAt: null };
    couplingStep = 'match';
    expect(await attempt('paused', 'active', 1, never)).toMatchObject({ value: { state: 'coupling' } });
    couplingStep = 'active';
    expect(await attempt('paused', 'active', 1, never)).toMatchObject({
      value: { state: 'available', nextSyncAt: null },
    });
  });

  it('does so too of one that was removed and was being coupled anew: its plan was not seen', async () => {
    const anew = { activatedAt: new Date('2026-11-01T00:00:00Z'), selectedAt: now };
    couplingStep = 'match';
    expect(await attempt('paused', 'active', 1, anew)).toMatchObject({ value: { state: 'coupling' } });
    couplingStep = 'active';
    expect(await attempt('paused', 'active', 1, anew)).toMatchObject({
      value: { state: 'removed', nextSyncAt: null },
    });
  });

  it('closes what kept a removed one from being read or written, so that it blocks no coupling; a paused one keeps it', async () => {
    const { id: administrationId } = anAdministration();
    const causes = ['administration-forbidden', 'write-refused', 'double-in-administration'] as const;
    const about = { administrationId, params: {} };
    await issues.report(
      causes.map((cause) => ({ ...about, cause, causeKey: cause })),
      now,
    );
    await attempt('access-lost', 'paused');
    expect(await issues.countOpenBlocking()).toBe(1);
    await attempt('access-lost', 'removed');
    expect(await issues.countOpenBlocking()).toBe(0);
    expect(await issues.findOpenCauseKeys('')).toEqual(['double-in-administration']);
  });

  it.each<[AdministrationState, WantedState, boolean]>([
    ['paused', 'active', true],
    ['active', 'removed', true],
    ['active', 'paused', false],
  ])('lets what waits to be written look again when %s becomes %s: %s', async (from, to, isWoken) => {
    [writeIntents, outbox] = [new InMemoryWriteIntents(), new InMemoryOutbox()];
    await writeIntents.addMany([waiting]);
    await attempt(from, to);
    const due = isWoken ? now : waiting.dueAt;
    expect(writeIntents.all()).toMatchObject([{ dueAt: due }]);
    const sent = outbox.messages().filter(({ kind }) => kind === 'send-write');
    expect(sent).toEqual(isWoken ? [{ kind: 'send-write', intentId: waiting.id }] : []);
  });

  it.each<[AdministrationState, WantedState, boolean]>([
    ['paused', 'active', false],
    ['active', 'removed', true],
  ])('lets what has its own time keep it, but end, when %s becomes %s: %s', async (from, to, isWoken) => {
    [writeIntents, outbox] = [new InMemoryWriteIntents(), new InMemoryOutbox()];
    const itsTime = new Date(now.getTime() + 20 * 24 * 3_600_000);
    await writeIntents.addMany([{ ...waiting, dueAt: itsTime }]);
    await attempt(from, to);
    expect(writeIntents.all()).toMatchObject([{ dueAt: isWoken ? now : itsTime }]);
  });

  it('is a success without effect when it is so already', async () => {
    expect(await attempt('paused', 'paused', 0)).toMatchObject({ ok: true, value: { version: 1 } });
  });

  it('refuses a decision on an older state of things', async () => {
    expect(await attempt('active', 'removed', 7)).toEqual({
      ok: false,
      error: { kind: 'changed-meanwhile', version: 1 },
    });
  });
});
