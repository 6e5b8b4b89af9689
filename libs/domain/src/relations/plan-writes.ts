import type { AdministrationState } from '../administrations/index.js';
import {
  invariant,
  ok,
  type AdministrationId,
  type Deps,
  type OutboxTx,
  type RelationId,
  type TenantId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { ConflictsTx } from './conflicts.port.js';
import { sharedFieldNames, type SharedField, type SharedValues } from './fields.js';
import { loadAdministrations, loadMembers, type Positions } from './members.js';
import { dutchDay } from './activity.js';
import type { MissedIn, MissingAccountsTx } from './missing-accounts.port.js';
import { aboveShare, creatingIn, type PlanCreatesTx } from './plan-creates.js';
import { WritePace } from './write-pace.js';
import {
  linesOfPart,
  readPlannedParts,
  releaseParts,
  walkPlannedParts,
  type PlannedPart,
  type PlannedPartField,
  type PlannedPartsTx,
} from './parts/planned-parts.js';
import { PlanFingerprint } from './plan-fingerprint.js';
import {
  differingPatch,
  isSharing,
  planFirstWrites,
  type PlannedWrite,
  type WriteFacts,
} from './write-planner.js';

export type PlanTx = PlanCreatesTx & ConflictsTx & MissingAccountsTx & PlannedPartsTx;

/** One field of one account, or of a contact person, an address or a bank account of it, that would be written. */
export interface PlannedUpdate {
  readonly administrationId: AdministrationId;
  readonly relationId: RelationId;
  readonly relationName: string;
  readonly field: SharedField | PlannedPartField;
  readonly from: SharedValues[SharedField];
  readonly to: SharedValues[SharedField];
}

export interface WritePlan {
  /** Accounts, and parts of accounts, that would be updated, per administration; those without any stand with 0. */
  readonly accounts: ReadonlyMap<AdministrationId, number>;
  /** The first `updatesMax`, by relation. */
  readonly updates: readonly PlannedUpdate[];
  readonly isCut: boolean;
  /** Accounts that would be made, per administration; none where these are made on first use. */
  readonly creates: ReadonlyMap<AdministrationId, number>;
  /** The administrations in which these are so many that their number must be confirmed. */
  readonly aboveShare: readonly AdministrationId[];
  /** Changes when any write of the plan does, also one that was cut off. */
  readonly fingerprint: string;
}

const relationsPerPortion = 500;
/** Two million relations. */
const portionsMax = 4_000;
/** The administrations that the coupling is about, before and after it becomes active. */
const coupled: ReadonlySet<AdministrationState> = new Set<AdministrationState>(['coupling', 'active']);

/**
 * What would be written to Exact if the shared values were (product.md 3.19): per relation with accounts in several
 * administrations, every account that says something else. Fields in dispute are left out. Writes nothing.
 */
export async function planWrites(
  deps: Pick<Deps<PlanTx>, 'uow' | 'now'>,
  command: { readonly tenantId: TenantId; readonly updatesMax: number },
): Promise<WritePlan> {
  const accounts = new Map<AdministrationId, number>();
  const updates: PlannedUpdate[] = [];
  let found = 0;
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    for (const [id, { state }] of await loadAdministrations(tx)) if (coupled.has(state)) accounts.set(id, 0);
    const see = (administrationId: AdministrationId, fields: readonly PlannedUpdate[]) => {
      if (fields.length > 0) accounts.set(administrationId, (accounts.get(administrationId) ?? 0) + 1);
      found += fields.length;
      updates.push(...fields.slice(0, command.updatesMax - updates.length));
    };
    const foreseen = await foreseePlan(tx, deps.now(), {
      write: (write) => see(write.member.source.administrationId, updatesOf(write)),
      part: (part) => see(part.intent.administrationId, linesOfPart(part)),
    });
    return ok(foreseen);
  });
  invariant(read.ok, 'reading a plan has no expected failure');
  return { accounts, updates, isCut: found > updates.length, ...read.value };
}

/** What the admin confirms of a plan: what it writes, and the new accounts that their number must be confirmed of. */
export type ForeseenPlan = Pick<WritePlan, 'creates' | 'aboveShare' | 'fingerprint'>;

/** The plan as it is now; writes nothing. */
export async function foreseePlan(
  tx: PlanTx,
  now: Date,
  see?: {
    readonly write: (write: NamedWrite) => void;
    readonly part: (part: PlannedPart) => void;
  },
): Promise<ForeseenPlan> {
  const fingerprint = new PlanFingerprint();
  await walk(tx, (writes) => {
    for (const write of writes) fingerprint.add(write);
    if (see) writes.forEach(see.write);
    return Promise.resolve();
  });
  await walkPlannedParts(tx, await becomingActive(tx), (parts) => {
    for (const part of parts) fingerprint.addPart(part);
    if (see) parts.forEach(see.part);
    return Promise.resolve();
  });
  const missing = await tx.missingAccounts.sumUp(await missedIn(tx, now));
  fingerprint.addCreates(missing);
  const creates = missing.counts;
  return { creates, aboveShare: await aboveShare(tx, creates), fingerprint: fingerprint.text() };
}

async function missedIn(tx: PlanTx, now: Date): Promise<MissedIn> {
  return { administrations: await creatingIn(tx), today: dutchDay(now) };
}

/** The administrations for which writes wait until the coupling, or their addition to it, is active. */
async function becomingActive(tx: PlanTx): Promise<AdministrationId[]> {
  const { isActive } = await tx.syncPolicy.read();
  return [...(await loadAdministrations(tx)).values()]
    .filter(({ state }) => state === 'coupling' || state === 'selected' || (!isActive && state === 'active'))
    .map(({ id }) => id);
}

/**
 * Plans all those writes for real, in the transaction that makes the coupling active. Says how many accounts, and the fingerprint of
 * what it planned: the caller rolls back when that is not what was foreseen, because the world moved in between.
 */
export async function applyPlan(tx: PlanTx & OutboxTx, facts: WriteFacts): Promise<AppliedPlan> {
  const fingerprint = new PlanFingerprint();
  const pace = new WritePace();
  let planned = 0;
  await walk(tx, async (writes) => {
    for (const write of writes) fingerprint.add(write);
    planned += await planFirstWrites(tx, writes, { ...facts, pace });
  });
  await walkPlannedParts(tx, await becomingActive(tx), async (parts) => {
    for (const part of parts) fingerprint.addPart(part);
    planned += parts.length;
    await releaseParts(tx, parts, { now: facts.now, pace });
  });
  const { now, byName, purpose } = facts;
  const made = await tx.missingAccounts.meanAll(await missedIn(tx, now), { byName, purpose, now, pace });
  fingerprint.addCreates(made);
  await tx.outbox.addMany(made.atOnce.map((intentId) => ({ kind: 'send-write', intentId })));
  return { planned, fingerprint: fingerprint.text() };
}

export interface AppliedPlan extends Pick<WritePlan, 'fingerprint'> {
  /** Accounts and parts of accounts that are to be written. */
  readonly planned: number;
}

export interface PlanPage {
  readonly updates: readonly PlannedUpdate[];
  /** Where the next page begins; null after the last. */
  readonly next: RelationId | null;
}

/** The plan piece by piece, in a short transaction each, for a file of any size. */
export async function readPlanPage(
  deps: Pick<Deps<PlanTx>, 'uow'>,
  command: { readonly tenantId: TenantId; readonly after: RelationId | null },
): Promise<PlanPage> {
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    const ids = await tx.relations.findDiffering(command.after, relationsPerPortion);
    const writes = ids.length > 0 ? await writesOf(tx, ids, await loadAdministrations(tx)) : [];
    const next = ids.length < relationsPerPortion ? null : (ids.at(-1) ?? null);
    return ok({ updates: writes.flatMap(updatesOf), next });
  });
  return read.ok ? read.value : { updates: [], next: null };
}

export interface PlanPartsPage {
  readonly updates: readonly PlannedUpdate[];
  /** Where the next page begins; null after the last. */
  readonly next: WriteIntentId | null;
}

/** The same of contact persons, addresses and bank accounts. */
export async function readPlanParts(
  deps: Pick<Deps<PlanTx>, 'uow'>,
  command: { readonly tenantId: TenantId; readonly after: WriteIntentId | null },
): Promise<PlanPartsPage> {
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    const administrationIds = await becomingActive(tx);
    const { parts, next } = await readPlannedParts(tx, { administrationIds, after: command.after });
    return ok({ updates: parts.flatMap(linesOfPart), next });
  });
  return read.ok ? read.value : { updates: [], next: null };
}

interface NamedWrite extends PlannedWrite {
  readonly relationName: string;
}

async function walk(tx: PlanTx, take: (writes: readonly NamedWrite[]) => Promise<void>): Promise<void> {
  const administrations = await loadAdministrations(tx);
  let after: RelationId | null = null;
  for (let portion = 0; portion < portionsMax; portion += 1) {
    const ids: RelationId[] = await tx.relations.findDiffering(after, relationsPerPortion);
    if (ids.length > 0) await take(await writesOf(tx, ids, administrations));
    after = ids.at(-1) ?? after;
    if (ids.length < relationsPerPortion) return;
  }
}

async function writesOf(
  tx: PlanTx,
  ids: readonly RelationId[],
  administrations: Positions,
): Promise<NamedWrite[]> {
  const relations = await tx.relations.findMany(ids);
  const members = await loadMembers(tx, ids, { positions: administrations });
  const disputes = new Set(
    (await tx.conflicts.findOpenOfRelations(ids)).map(({ relationId, field }) => relationId + field),
  );
  return relations.flatMap((relation) => {
    const fields = sharedFieldNames.filter((field) => !disputes.has(relation.id + field));
    return (members.get(relation.id) ?? [])
      .filter(
        (member) =>
          isSharing(member) &&
          coupled.has(administrations.get(member.source.administrationId)?.state ?? 'removed'),
      )
      .map((member) => ({
        member,
        relationId: relation.id,
        relationName: relation.values.name,
        patch: differingPatch({ member }, relation, fields),
      }))
      .filter(({ patch }) => Object.keys(patch).length > 0);
  });
}

function updatesOf({ member, relationId, relationName, patch }: NamedWrite): PlannedUpdate[] {
  return sharedFieldNames
    .filter((field) => field in patch)
    .map((field) => ({
      administrationId: member.source.administrationId,
      relationId,
      relationName,
      field,
      from: member.source.fields.shared[field],
      to: patch[field] ?? null,
    }));
}
