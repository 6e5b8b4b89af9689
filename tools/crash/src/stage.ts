import path from 'node:path';
import type { Administration } from '@koppel/domain/administrations';
import { ok, systemActor, type TenantId } from '@koppel/domain/kernel';
import { startSandbox, type Sandbox, type SandboxOptions } from '@koppel/exact-sandbox';
import { startRun } from '@koppel/domain/sync';
import { migrate } from '@koppel/persistence';
import type { Services } from '@koppel/worker/handlers';
import { addTenant } from './add-tenant.js';
import { askPairs } from './ask-pairs.js';
import { changeExact } from './change-exact.js';
import { CrashPoints } from './crash-points.js';
import type { Databases } from './databases.js';
import { openServices } from './open-services.js';
import { expectOk } from './person.js';
import { joinSharing, makeSharedParts } from './shared-parts.js';
import type { ScenarioName } from './scenario-names.js';
import { workAll } from './work-all.js';

/** The sandbox's clock stands still; ours runs on from there, so that no token grows old however long the tool runs. */
export const startsAt = Date.parse('2026-11-25T09:00:00.000Z');
export const resyncAt = startsAt + 120_000;

/** Where every trial of a scenario starts from: a database to clone, and what the sandbox remembers. */
export interface Stage {
  readonly scenario: ScenarioName;
  readonly template: string;
  readonly stateFile: string;
  readonly tenantId: TenantId;
}

export interface Surroundings {
  readonly databases: Databases;
  readonly folder: string;
  readonly encryptionKey: string;
}

/** Small, and with everything: equal, alike and doubled accounts of two administrations. */
const world = { seed: 5, divisions: 2, relations: 14, contacts: 1 };

/** A sandbox that goes on where the state file ends, at the time that trials take place. */
export function startExact(stateFile: string, at: number): Promise<Sandbox> {
  const clock: SandboxOptions['clock'] = { startsAt: new Date(at).toISOString() };
  return startSandbox({ world, clock, stateFile });
}

export async function prepareStage(
  scenario: ScenarioName,
  { databases, folder, encryptionKey }: Surroundings,
): Promise<Stage> {
  const template = await databases.create();
  const databaseUrl = databases.urlOf(template);
  await migrate(databaseUrl);
  const stateFile = path.join(folder, `${scenario}.state`);
  const sandbox = await startExact(stateFile, startsAt);
  if (scenario === 'merge') askPairs(sandbox);
  if (scenario === 'parts') makeSharedParts(sandbox);
  const points = new CrashPoints(undefined, () => undefined);
  const open = openServices({ databaseUrl, exactUrl: sandbox.url, startsAt, encryptionKey }, points);
  try {
    const isActive = scenario !== 'initial';
    const tenantId = await addTenant(open.services, { sandbox, encryptionKey, isActive });
    await workAll(open.services, points);
    await takeAll(open.services, tenantId, scenario);
    if (scenario !== 'initial') {
      await fetchAll(open.services, tenantId);
      await workAll(open.services, points);
    }
    if (scenario === 'parts') await joinSharing(open.services, tenantId);
    await sandbox.clock.advance(resyncAt - startsAt);
    changeExact(scenario, sandbox);
    return { scenario, template, stateFile, tenantId };
  } finally {
    await open.close();
    await sandbox.stop();
  }
}

async function takeAll({ deps }: Services, tenantId: TenantId, scenario: ScenarioName): Promise<void> {
  const isFirst = scenario === 'initial';
  await deps.uow.run(tenantId, async (tx) => {
    for (const administration of await tx.administrations.findMany())
      await tx.administrations.save({
        ...administration,
        state: isFirst ? 'coupling' : 'active',
        activatedAt: isFirst ? null : deps.now(),
      });
    return ok(undefined);
  });
}

async function fetchAll({ deps }: Services, tenantId: TenantId): Promise<void> {
  const found = await deps.uow.run<Administration[], never>(tenantId, async (tx) =>
    ok(await tx.administrations.findMany()),
  );
  const administrationIds = expectOk(found).map(({ id }) => id);
  const command = {
    tenantId,
    administrationIds,
    kind: 'initial',
    trigger: 'person',
    actor: systemActor,
  } as const;
  expectOk(await startRun(deps, command));
}
