import type { AdministrationsTx } from '../../administrations/index.js';
import { ok, systemActor, type AdministrationId, type Deps } from '../../kernel/index.js';
import type { PartWrite, SyncPolicyTx } from '../../sync/index.js';
import { noCounts, tell, type CompareRun, type ToldTx } from '../compare-command.js';
import { willBeWritten, type WriteFacts } from '../write-planner.js';
import { askApproval } from './ask-approval.js';
import { isShared } from './counterpart.js';
import { judgePart, type UnitVerdict } from './judge-part.js';
import {
  othersOf,
  partsOfRelations,
  partWrite,
  sharesPart,
  type ComparePartsTx,
  type PartsOfRelation,
} from './parts-of-relation.js';
import {
  findOpenPartWrites,
  planPartWrites,
  withdrawPartWrites,
  type PlannedPartWrite,
} from './plan-part-writes.js';
import { disputedUnits, settleVerdicts, type Judged } from './settle-verdicts.js';
import { closeSettledQuestions } from './settled-questions.js';
import type { SourcePart } from './source-part.js';

/** Parts per transaction. */
const partsPerTransaction = 100;
/** A million parts changed in one run. */
const transactionsMax = 10_000;

/**
 * Looks at the contact persons, addresses and bank accounts that changed since they were last compared, and carries the changes to the
 * same ones of the linked accounts (product.md 3.3): addresses and persons are written, what stands apart and every bank account is asked.
 * Idempotent. Says how many writes it planned. A resync leaves those of an administration that is being added: its accounts have their relations
 * only once its own run compares them, and what is accepted before that nobody would compare (F31). Before the first activation there is no other
 * one, and all that is meant waits for the plan.
 */
export async function compareParts(
  deps: Deps<ComparePartsTx & ToldTx & SyncPolicyTx>,
  command: Pick<CompareRun, 'tenantId' | 'runId' | 'runKind'>,
): Promise<number> {
  let writes = 0;
  for (let portion = 0; portion < transactionsMax; portion += 1) {
    const done = await deps.uow.run(command.tenantId, async (tx) => {
      const parts = await tx.sourceParts.findUncompared(partsPerTransaction, await outsideOf(tx, command));
      if (parts.length === 0) return ok({ parts: 0, writes: 0 });
      const planned = await comparePortion(tx, deps, parts.filter(isShared));
      const anonymous = parts.filter(({ fields }) => fields['isAnonymised'] === true);
      await tx.erasure.eraseTracesOfParts(anonymous, deps.now());
      await tx.sourceParts.acceptAsBase(parts);
      await tell(tx, command, { ...noCounts, writes: planned });
      return ok({ parts: parts.length, writes: planned });
    });
    if (!done.ok || done.value.parts === 0) break;
    writes += done.value.writes;
    if (done.value.parts < partsPerTransaction) break;
  }
  await closeSettledQuestions(deps, command);
  return writes;
}

async function outsideOf(
  tx: AdministrationsTx & SyncPolicyTx,
  { runKind }: Pick<CompareRun, 'runKind'>,
): Promise<AdministrationId[]> {
  if (runKind !== 'resync' || !(await tx.syncPolicy.read()).isActive) return [];
  const added = (await tx.administrations.findMany()).filter(({ state }) => state === 'coupling');
  return added.map(({ id }) => id);
}

async function comparePortion(
  tx: ComparePartsTx,
  deps: Deps<ComparePartsTx>,
  parts: readonly SourcePart[],
): Promise<number> {
  if (parts.length === 0) return 0;
  const relations = await partsOfRelations(tx, parts);
  let writes = 0;
  for (const part of parts) {
    const found = part.sourceRelationId === null ? undefined : relations.get(part.sourceRelationId);
    if (!found) continue;
    const { planned, isTakenBack } = await comparePart(tx, deps, { part, found });
    writes += planned;
    if (planned === 0 && !isTakenBack) continue;
    // The next part of the relation sees what waits by now.
    const open = await findOpenPartWrites(tx, found.members);
    for (const { source } of found.members) relations.set(source.id, { ...found, open });
  }
  return writes;
}

interface Compared {
  readonly planned: number;
  readonly isTakenBack: boolean;
}

async function comparePart(
  tx: ComparePartsTx,
  deps: Deps<ComparePartsTx>,
  { part, found }: { readonly part: SourcePart; readonly found: PartsOfRelation },
): Promise<Compared> {
  const own = found.members.find(({ source }) => source.id === part.sourceRelationId);
  if (!own || !sharesPart(own, part)) return { planned: 0, isTakenBack: false };
  const now = deps.now();
  if (part.kind === 'bank-account')
    return { planned: 0, isTakenBack: await askApproval(tx, now, { part, own, found }) };
  const verdicts = judgePart(part, othersOf(part, found));
  const facts = {
    newId: deps.newId,
    now,
    byName: systemActor.name,
    purpose: 'resync',
    open: found.open,
  } as const;
  const { taken, left } = await withdrawDisputed(tx, facts, { part, own, found, verdicts });
  await settleVerdicts(tx, now, { part, own, found: left, verdicts, taken });
  return {
    planned: await planPartWrites(tx, writesOf(part, left, verdicts), { ...facts, open: left.open }),
    isTakenBack: taken.length > 0,
  };
}

/** What is in dispute is written to no account, also where a write waits since before. Answers what was taken back, and what is left. */
async function withdrawDisputed(
  tx: ComparePartsTx,
  facts: WriteFacts & { readonly open: readonly PartWrite[] },
  { part, own, found, verdicts }: Judged,
): Promise<{ readonly taken: readonly PartWrite[]; readonly left: PartsOfRelation }> {
  const fields = new Set([...disputedUnits(verdicts)].flatMap((unit) => unit.fields));
  if (fields.size === 0) return { taken: [], left: found };
  const about = { kind: part.kind, type: part.fields['type'] ?? null };
  const others = verdicts.map(({ side }) => ({ ...side, ...about }));
  const sides = [{ member: own, part, ...about }, ...others];
  const taken = await withdrawPartWrites(tx, { sides, fields }, facts);
  if (taken.length === 0) return { taken, left: found };
  return { taken, left: { ...found, open: await findOpenPartWrites(tx, found.members) } };
}

/** One write per account: all units that it should hear of. A person is never made elsewhere by itself (product.md 3.4). */
function writesOf(
  part: SourcePart,
  found: PartsOfRelation,
  verdicts: readonly UnitVerdict[],
): PlannedPartWrite[] {
  const disputed = disputedUnits(verdicts);
  const heard = verdicts.filter(
    ({ unit, verdict, side }) =>
      !disputed.has(unit) &&
      (verdict === 'write' || (verdict === 'create' && part.kind === 'address')) &&
      willBeWritten(side.member, found.administrations),
  );
  return [...Map.groupBy(heard, ({ side }) => side)].map(([side, units]) =>
    partWrite(part, { found, side, units: units.map(({ unit }) => unit) }),
  );
}
