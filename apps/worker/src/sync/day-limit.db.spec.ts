import { afterEach, expect, it } from 'vitest';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { mirrorOf, truthOf } from '../testing/truth.js';

const dayMs = 86_400_000;
/** Less than what one administration's first fetch takes. */
const dayLimit = 14;
const daysMax = 4;
/** By how much our clock, which goes on while this runs, may be ahead of the sandbox's. */
const aheadMaxMs = 10 * 60_000;

let rig: WorkerRig;
afterEach(() => rig.close());

const midnightAfter = (at: Date) => (Math.floor(at.getTime() / dayMs) + 1) * dayMs;

function callsPerDay(division: number): number[] {
  const own = rig.sandbox.journal.entries().filter((entry) => entry.division === division);
  return [...Map.groupBy(own, ({ at }) => Math.floor(at / dayMs)).values()].map(({ length }) => length);
}

const readsOf = (division: number, endpoint: string) =>
  rig.sandbox.journal.entries().filter((entry) => entry.division === division && entry.endpoint === endpoint);

/** Works until all wait for longer than an hour; says until when. */
async function workUntilAllWait(): Promise<readonly Date[]> {
  for (;;) {
    await rig.drain();
    const soon = rig.waiting
      .map(({ at }) => at.getTime() - rig.clock.now().getTime())
      .filter((ms) => ms < 3_600_000);
    if (soon.length === 0) return rig.waiting.map(({ at }) => at);
    await rig.advance(Math.max(1, Math.min(...soon)));
  }
}

const expectTheTruth = async ({ tenantId, administrations }: FetchingTenant) =>
  expect(await mirrorOf(rig.database, tenantId)).toEqual(
    truthOf(
      rig.sandbox,
      administrations.map(({ division }) => division),
    ),
  );

it('a first fetch that takes more calls than a day has ends by itself, days later, without one that Exact refuses (F31, I5)', async () => {
  rig = await aWorkerRig({
    sandbox: {
      world: { seed: 5, divisions: 2, relations: 150 },
      switches: { dayLimit, minuteLimit: 1_000 },
    },
  });
  const tenant = await aFetchingTenant(rig);
  const divisions = tenant.administrations.map(({ division }) => division);
  // A whole day lies ahead.
  await rig.advance(midnightAfter(rig.clock.now()) - rig.clock.now().getTime() + 3_600_000);
  const runId = await tenant.start();

  const waits = await workUntilAllWait();
  expect(waits).toHaveLength(divisions.length);
  const midnight = midnightAfter(rig.clock.now());
  // A tenth stays for people.
  for (const division of divisions)
    expect(Math.max(...callsPerDay(division))).toBeLessThanOrEqual(dayLimit * 0.9);
  for (const at of waits) {
    expect(at.getTime()).toBeGreaterThanOrEqual(midnight);
    expect(at.getTime()).toBeLessThanOrEqual(midnight + aheadMaxMs);
  }
  expect(await tenant.openIssues()).toEqual(
    divisions.map(() => expect.stringMatching(/^day-limit-reached:/) as string),
  );

  for (let day = 1; day <= daysMax && rig.waiting.length > 0; day += 1) {
    await rig.advance(Math.min(...rig.waiting.map(({ at }) => at.getTime())) - rig.clock.now().getTime());
    await workUntilAllWait();
  }

  expect((await tenant.run(runId)).state).toBe('completed');
  expect(await tenant.openIssues()).toEqual([]);
  await expectTheTruth(tenant);
  expect(rig.sandbox.journal.counters().byStatus['429'] ?? 0).toBe(0);
  for (const division of divisions) {
    const perDay = callsPerDay(division);
    expect(perDay.length).toBeGreaterThan(1);
    expect(readsOf(division, 'sync/CRM/Accounts')).toHaveLength(1);
  }
});
