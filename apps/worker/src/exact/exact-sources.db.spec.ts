import { afterEach } from 'vitest';
import {
  describeRelationSourceContract,
  describeSubscriptionSourceContract,
  describeWriteSourceContract,
} from '@koppel/domain/testing';
import { aFetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { ExactRelationSource } from './exact-relation-source.js';
import { ExactSubscriptionSource } from './exact-subscription-source.js';
import { ExactWriteSource } from './exact-write-source.js';

const rigs: WorkerRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

/** An administration at a sandbox, and its accounts there. */
async function anExact(relations: number) {
  const rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations } } });
  rigs.push(rig);
  const tenant = await aFetchingTenant(rig);
  const { id, division } = tenant.administrations[0]!; // the seed has some
  const { tenantId, connectionId } = tenant;
  const table = rig.sandbox.world.division(division)!.tables.Accounts;
  const administration = { tenantId, connectionId, id, division, region: 'nl' };
  const accounts = [...table.all()].map((row) => ({
    exactId: table.guid(row.$row),
    name: String(row['Name']),
  }));
  return { rig, administration, accounts };
}

describeRelationSourceContract(async () => {
  const { rig, administration, accounts } = await anExact(1_200);
  const { division } = administration;
  return {
    source: new ExactRelationSource(rig.services.clients),
    administration,
    accounts: accounts.length,
    addAccount: async (name) =>
      void rig.sandbox.edits.create({ division, entity: 'crm/Accounts' }, { Name: name }),
    move: async () => void rig.sandbox.edits.moveDivision(division),
    reachLimit: async () => rig.sandbox.faults.plant({ kind: '429-minute', match: { division } }),
  };
});

describeWriteSourceContract(async () => {
  const { rig, administration, accounts } = await anExact(20);
  const account = accounts.find(
    ({ name }) => name.length < 40 && name.trim() === name && !name.includes("'"),
  );
  if (!account) throw new Error('the seed has no plain name');
  const target = { ...administration, purpose: 'interactive' } as const;
  return { source: new ExactWriteSource(rig.services.clients), administration: target, account };
});

describeSubscriptionSourceContract(async () => {
  const { rig, administration } = await anExact(10);
  const callbackUrl = 'http://127.0.0.1:9/webhooks/exact/nl';
  return { source: new ExactSubscriptionSource(rig.services.clients), administration, callbackUrl };
});
