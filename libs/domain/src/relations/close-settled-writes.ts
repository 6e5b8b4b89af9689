import type { AdministrationsTx } from '../administrations/index.js';
import { unwrittenFields, writeFailures, type Issue, type IssuesTx } from '../issues/index.js';
import {
  asId,
  ok,
  systemActor,
  type Deps,
  type RelationId,
  type TenantId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { WriteIntent, WriteIntentsTx } from '../sync/index.js';
import type { LinksTx } from './links.port.js';
import { loadAdministrations, loadMembers, type LinkedMember } from './members.js';
import { findSurvivor } from './open-relation.js';
import type { SourcePart } from './parts/source-part.js';
import type { SourcePartsTx } from './parts/source-parts.port.js';
import type { Relation } from './relation.js';
import type { RelationsTx } from './relations.port.js';
import type { SourceRelationsTx } from './source-relations.port.js';
import { failedWritesMax, fieldsMeantAgain, toldOf, unwrittenNow } from './unwritten-now.js';

/** Issues per transaction. */
const issuesPerTransaction = 100;
/** A million issues of one cause, more than people see. */
const portionsMax = 10_000;

type SettledWritesTx = IssuesTx &
  WriteIntentsTx &
  RelationsTx &
  LinksTx &
  SourceRelationsTx &
  SourcePartsTx &
  AdministrationsTx;

/**
 * Closes issues about failed writes whose cause is gone: Exact says the value by now, or nobody wants it there any more (product.md 3.18). No
 * write tells of that. Of what was wanted of several fields the issue goes on about those that still are.
 */
export async function closeSettledWrites(
  deps: Deps<SettledWritesTx>,
  command: { readonly tenantId: TenantId },
): Promise<void> {
  for (const cause of writeFailures) {
    const prefix = `${cause}:`;
    let after: string | undefined = '';
    for (let portion = 0; portion < portionsMax && after !== undefined; portion += 1)
      after = await closePortion(deps, { ...command, prefix, after });
  }
}

/** Looks at the issues after the given key; answers the last key when there may be more. */
async function closePortion(
  { uow, now }: Deps<SettledWritesTx>,
  at: { readonly tenantId: TenantId; readonly prefix: string; readonly after: string },
): Promise<string | undefined> {
  const looked = await uow.run<string | undefined, never>(at.tenantId, async (tx) => {
    const open = await tx.issues.findOpenAfter(at.prefix, { after: at.after, limit: issuesPerTransaction });
    const closing = { now: now(), byName: systemActor.name };
    for (const told of await toldWrites(tx, open)) {
      const fields = leftOf(told);
      if (fields === undefined || toldOf(told.issue, fields, closing) === told.issue) continue;
      const issue = await tx.issues.findByIdForUpdate(told.issue.id);
      // Another failure was told meanwhile: the next look sees it.
      if (issue?.state !== 'open' || issue.version !== told.issue.version) continue;
      await tx.issues.save(toldOf(issue, fields, closing));
    }
    return ok(open.length < issuesPerTransaction ? undefined : open.at(-1)?.causeKey);
  });
  return looked.ok ? looked.value : undefined;
}

interface Told {
  readonly issue: Issue;
  readonly named: WriteIntent;
  /** The active relation that the write is about by now; undefined when there is none. */
  readonly relation: Relation | undefined;
  readonly members: readonly LinkedMember[];
  readonly parts: readonly SourcePart[];
  /** Writes to the account that failed, oldest first; read when the write is to a part. */
  readonly failed: readonly WriteIntent[];
  /** Those to it that wait or are under way. */
  readonly open: readonly WriteIntent[];
}

/** The issues with what they are about, read for all at once; without those of which that is not known. */
async function toldWrites(tx: SettledWritesTx, issues: readonly Issue[]): Promise<Told[]> {
  const named = await namedWrites(tx, issues);
  const { failed, open } = await writesToSame(tx, [...named.values()]);
  const relations = await survivorsOf(tx, [...named.values()]);
  const ids = [...new Set([...relations.values()].map(({ id }) => id))];
  const members = await loadMembers(tx, ids, { positions: await loadAdministrations(tx) });
  const accounts = [...members.values()].flat().map(({ source }) => source.id);
  const isOfPart = [...named.values()].some(({ part }) => part !== null);
  const parts = Map.groupBy(
    isOfPart ? await tx.sourceParts.findOfAccounts(accounts) : [],
    ({ sourceRelationId }) => sourceRelationId,
  );
  return [...named].map(([issue, intent]) => {
    const relation = relations.get(intent.relationId);
    const own = (relation && members.get(relation.id)) ?? [];
    const about = { members: own, parts: own.flatMap(({ source }) => parts.get(source.id) ?? []) };
    const { sourceRelationId: id } = intent;
    const writes = { failed: failed.get(id) ?? [], open: open.get(id) ?? [] };
    return { issue, named: intent, relation, ...about, ...writes };
  });
}

async function namedWrites(
  tx: WriteIntentsTx,
  issues: readonly Issue[],
): Promise<ReadonlyMap<Issue, WriteIntent>> {
  const ids = issues.flatMap(({ params: { intentId } }) =>
    intentId === undefined ? [] : asId<WriteIntentId>(String(intentId)),
  );
  const known = new Map((await tx.writeIntents.findMany(ids)).map((intent) => [intent.id, intent]));
  const named = new Map<Issue, WriteIntent>();
  for (const issue of issues) {
    const intent = known.get(asId<WriteIntentId>(String(issue.params['intentId'])));
    if (intent) named.set(issue, intent);
  }
  return named;
}

/** Other writes to the accounts of these, by account. */
async function writesToSame(tx: WriteIntentsTx, writes: readonly WriteIntent[]) {
  const accountsOf = (some: readonly WriteIntent[]) => [
    ...new Set(some.flatMap(({ sourceRelationId }) => sourceRelationId ?? [])),
  ];
  const byAccount = (found: readonly WriteIntent[]) =>
    Map.groupBy(found, ({ sourceRelationId }) => sourceRelationId);
  const ofParts = writes.filter(({ part }) => part !== null);
  return {
    failed: byAccount(await tx.writeIntents.findFailedOf(accountsOf(ofParts), failedWritesMax)),
    open: byAccount(await tx.writeIntents.findOpenOf(accountsOf(writes))),
  };
}

/** The active relations that the writes are about by now, by the id that they name. */
async function survivorsOf(
  tx: SettledWritesTx,
  writes: readonly WriteIntent[],
): Promise<Map<RelationId, Relation>> {
  const ids = [...new Set(writes.map(({ relationId }) => relationId))];
  const known = new Map((await tx.relations.findMany(ids)).map((relation) => [relation.id, relation]));
  const survivors = new Map<RelationId, Relation>();
  for (const id of ids) {
    const named = known.get(id);
    const survivor = named?.state === 'merged' ? await findSurvivor(tx, id) : named;
    if (survivor?.state === 'active') survivors.set(id, survivor);
  }
  return survivors;
}

/** The fields that are still to be told of; undefined when that is as it was, or a write that waits will tell. */
function leftOf(told: Told): readonly string[] | undefined {
  const { issue, named, relation, members, open } = told;
  if (!relation) return [];
  const { sourceRelationId, administrationId } = named;
  if (sourceRelationId === null) {
    const isThere = ({ source, isLinked }: LinkedMember) =>
      isLinked && source.state === 'present' && source.administrationId === administrationId;
    return members.some(isThere) ? [] : undefined;
  }
  const meant = fieldsMeantAgain({ named, open });
  const fields = unwrittenFields(issue);
  if (meant.some((field) => fields?.includes(field) ?? true)) return undefined;
  return unwrittenNow({ ...told, relation });
}
