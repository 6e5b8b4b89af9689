import { newAct } from '../history/index.js';
import {
  asId,
  invariant,
  ok,
  systemActor,
  type Result,
  type SourceRelationId,
  type TenantId,
} from '../kernel/index.js';
import type { Administration } from '../administrations/index.js';
import {
  automaticMerge,
  dutchDay,
  findSurvivor,
  isAnonymised,
  isExactly,
  joinRelation,
  keepKeys,
  linkedMember,
  linksTo,
  memberOf,
  partsOfNew,
  planPartWrites,
  planWritesFor,
  sharedFieldNames,
  type LinkedMember,
  type Relation,
  type SourceRelation,
} from '../relations/index.js';
import { presentAccountsOf, standsIn, type AccountOfRelation } from './accounts-of-relation.js';
import type { WrittenAccount } from './carry-out-write.js';
import { failAlike } from './fail-write.js';
import { ownCompaniesOf } from './own-companies.js';
import { endCreate } from './prepare-create.js';
import type { ClaimedAccountWrite, SendWriteDeps, SendWriteTx, WriteOutcome } from './send-write.js';
import { doubt, settleFault, type WriteFault } from './settle-write.js';
import { tellOfSuccess } from './tell-of-write.js';

interface SettledCreate {
  readonly claimed: ClaimedAccountWrite;
  readonly written: Result<WrittenAccount, WriteFault>;
}

/**
 * Records how a create ended. An account that was made, or found by searching, is kept and linked in the same transaction, so that the next
 * fetch sees it as known. One that another relation has is not taken from it: people are asked.
 */
export async function settleCreate(
  deps: SendWriteDeps,
  tenantId: TenantId,
  { claimed, written }: SettledCreate,
): Promise<WriteOutcome> {
  const result = await deps.uow.run(tenantId, async (tx): Promise<Result<WriteOutcome, never>> => {
    // The relation first, as who edits, merges or uses it locks them.
    const relation = await lockSurvivor(tx, claimed);
    const intent = await tx.writeIntents.findByIdForUpdate(claimed.intent.id);
    if (intent?.state !== 'sent' || intent.attempts !== claimed.intent.attempts)
      return ok({ kind: 'fenced' });
    // A merge may have given it to another relation, and somebody may need it by now.
    const { relationId, sentAt, purpose } = intent;
    const current = { ...claimed, intent: { ...claimed.intent, relationId, sentAt, purpose } };
    if (!written.ok) return ok(await settleFault(tx, deps, { claimed: current, fault: written.error }));
    // An undo gave it back to a relation that is not locked here: it is looked up once more, for that one.
    if ((await activeSurvivor(tx, current))?.id !== relation?.id)
      return ok(
        await doubt(tx, deps, { claimed: current, reason: 'its relation is another now', pauseMs: 0 }),
      );
    return ok(await place(tx, deps, { claimed: current, relation, account: written.value }));
  });
  return result.ok ? result.value : { kind: 'nothing-to-do' };
}

async function lockSurvivor(tx: SendWriteTx, { intent }: ClaimedAccountWrite): Promise<Relation | undefined> {
  const survivor = await findSurvivor(tx, intent.relationId);
  const [relation] = survivor ? await tx.relations.findManyForUpdate([survivor.id]) : [];
  return relation?.state === 'active' ? relation : undefined;
}

async function activeSurvivor(
  tx: SendWriteTx,
  { intent }: ClaimedAccountWrite,
): Promise<Relation | undefined> {
  const survivor = await findSurvivor(tx, intent.relationId);
  return survivor?.state === 'active' ? survivor : undefined;
}

interface Placing {
  readonly claimed: ClaimedAccountWrite;
  readonly relation: Relation | undefined;
  readonly account: WrittenAccount;
}

async function place(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { claimed, relation, account }: Placing,
): Promise<WriteOutcome> {
  const { intent } = claimed;
  const { row } = account;
  const now = deps.now();
  // The next fetch brings the account; comparing places it, and asks where it is a double (product.md 3.7).
  const isUnwanted =
    !relation || standsIn(await presentAccountsOf(tx, relation.id), intent.administrationId, row.exactId);
  if (isUnwanted) {
    await endCreate(tx, intent, now);
    return { kind: 'overtaken' };
  }
  const isOwnCompany = ownCompaniesOf(await tx.administrations.findMany())(row);
  const stored = { ...row, id: asId<SourceRelationId>(deps.newId()), isOwnCompany };
  const source = await tx.sourceStore.keepAccount(intent.administrationId, stored, now);
  const [link] = await tx.links.findOfSources([source.id]);
  if (link && link.relationId !== relation.id) return failAlike(tx, deps, { intent, account: row });
  if (!link && !isAnonymised(source))
    await linkAccount(tx, deps, { claimed, relation, source, isFound: account.isFound === true });
  await keepKeys(tx, source.id, deps.newId);
  const settled = { state: 'confirmed', failure: null, settledAt: now } as const;
  await tx.writeIntents.save({ ...intent, ...settled, sourceRelationId: source.id });
  await tellOfSuccess(tx, { intent, now, isOvertaken: false });
  return { kind: 'confirmed' };
}

interface Linking {
  readonly claimed: ClaimedAccountWrite;
  readonly relation: Relation;
  readonly source: SourceRelation;
  readonly isFound: boolean;
}

async function linkAccount(tx: SendWriteTx, deps: SendWriteDeps, linking: Linking): Promise<void> {
  const { claimed, relation, source, isFound } = linking;
  const { administrationId } = claimed.intent;
  const now = deps.now();
  const administration = await tx.administrations.findById(administrationId);
  invariant(administration, 'a write intent has an administration');
  const member = memberOf(
    source,
    new Map<Administration['id'], Administration>([[administration.id, administration]]),
  );
  const links = linksTo(relation.id, member, { origin: 'automatic', now });
  const joined = joinRelation(relation, [member], now);
  // What was made says nothing of its own: only its code is new.
  const saved = isFound ? joined : { ...joined, values: relation.values, leading: relation.leading };
  await tx.relations.saveMany([saved]);
  await tx.links.putMany(links);
  const made = { members: [member], stood: relation, now };
  if (isFound) await tx.actions.addMany([automaticMerge(deps.newId(), saved, made)]);
  else await completeNew(tx, deps, { claimed, relation: saved, member: linkedMember(member, links) });
  const kind = isFound ? 'find-account' : 'create-account';
  const what = { kind, administrationId, relationIds: [relation.id], facts: {} } as const;
  await tx.acts.add(newAct(deps, { ...what, actor: systemActor }));
}

interface NewAccount {
  readonly claimed: ClaimedAccountWrite;
  readonly relation: Relation;
  readonly member: LinkedMember;
}

/** What was edited while the create was under way is written after it, then its addresses and contact persons. */
async function completeNew(tx: SendWriteTx, deps: SendWriteDeps, made: NewAccount): Promise<void> {
  await followEdits(tx, deps, made);
  const { relation, member, claimed } = made;
  const positions = new Map(
    (await tx.administrations.findMany()).map(({ id, position }) => [id, position] as const),
  );
  const placeOf = ({ source }: AccountOfRelation) => positions.get(source.administrationId) ?? Infinity;
  const others = (await presentAccountsOf(tx, relation.id))
    .filter(({ source, link }) => source.id !== member.source.id && !link.isAlias && !isAnonymised(source))
    .sort((one, other) => placeOf(one) - placeOf(other));
  const found = await tx.sourceParts.findOfAccounts(others.map(({ source }) => source.id));
  const byAccount = Map.groupBy(found, ({ sourceRelationId }) => sourceRelationId);
  const parts = others.flatMap(({ source }) => byAccount.get(source.id) ?? []);
  const now = deps.now();
  const writes = partsOfNew({ relationId: relation.id, made: member, parts, today: dutchDay(now) });
  for (const [index, write] of writes.entries()) {
    // A millisecond apart: they arrive in this order.
    const facts = {
      newId: deps.newId,
      now: new Date(now.getTime() + index),
      byName: claimed.intent.createdBy,
      purpose: claimed.intent.purpose,
    };
    await planPartWrites(tx, [write], { ...facts, open: [] });
  }
}

async function followEdits(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { claimed, relation, member }: NewAccount,
): Promise<void> {
  const { patch, purpose, createdBy: byName } = claimed.intent;
  const fields = sharedFieldNames.filter((field) => !isExactly(patch[field] ?? null, relation.values[field]));
  const meant = { member, relationId: relation.id, relation, fields };
  await planWritesFor(tx, [meant], { newId: deps.newId, now: deps.now(), byName, purpose });
}
