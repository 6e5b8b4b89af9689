import { asId, type IssueId, type SyncRunId } from '../kernel/index.js';
import { approveChange, compareParts, type PartFields, type PartRef } from '../relations/index.js';
import type { PartKind, RunKind } from '../sync/index.js';
import { aRelationsWorld, idOf } from './a-relations-world.js';
import { aSourceRelation } from './a-source-relation.js';

const runId = asId<SyncRunId>('00000000-0000-7000-8000-00000000f0ff');

/** A relation of three companies, each with one linked account, whose contact persons, addresses and bank accounts a spec sets. */
export async function aPartsWorld() {
  const world = aRelationsWorld(3);
  const accounts = world.companies.map(({ id }, company) =>
    aSourceRelation({
      id: idOf(company + 1),
      administrationId: id,
      shared: { name: 'De Eik B.V.', kvk: '99000031' },
    }),
  );
  await world.sync(accounts, { runKind: 'initial' });

  /** What a run fetches of a part of the account of the `company`th administration. */
  const fetched = (
    company: number,
    kind: PartKind,
    fields: PartFields,
    over: { part?: number; isFirst?: boolean } = {},
  ): PartRef => {
    const administrationId = world.companies[company]!.id; // three
    const now = new Date();
    const context = { administrationId, runId, now, writtenSince: now, isFullRead: over.isFirst ?? false };
    const exactId = idOf(100 * (company + 1) + (over.part ?? 1));
    const accountExactId = idOf(company + 1);
    world.sourceParts.upsert(context, kind, { exactId, accountExactId, rowVersion: null, fields });
    return { administrationId, kind, exactId };
  };
  const openIssues = () => world.issues.all().filter(({ state }) => state === 'open');
  return {
    world,
    fetched,
    first: (company: number, kind: PartKind, fields: PartFields, part = 1) =>
      fetched(company, kind, fields, { part, isFirst: true }),
    compare: (runKind: RunKind = 'addition') =>
      compareParts(world.deps, { tenantId: world.tenantId, runId, runKind }),
    /** Planned ones: part or account, kind, patch. */
    writes: () =>
      world.writeIntents
        .all()
        .filter(({ state }) => state === 'planned')
        .map((intent) => [intent.part?.exactId ?? intent.sourceRelationId, intent.kind, intent.patch]),
    openIssues,
    /** A person approves the first open question, unless told which. */
    approve: (over: { readonly issueId?: IssueId; readonly version?: number } = {}) => {
      const [issue] = openIssues();
      return approveChange(world.deps, {
        tenantId: world.tenantId,
        issueId: issue!.id, // every spec that calls it has one
        version: issue!.version,
        actor: { id: 'u1', name: 'Anna', kind: 'person' },
        ...over,
      });
    },
  };
}

export type PartsWorld = Awaited<ReturnType<typeof aPartsWorld>>;
