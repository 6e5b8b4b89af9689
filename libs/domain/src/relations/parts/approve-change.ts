import {
  err,
  ok,
  type Actor,
  type Deps,
  type IssueId,
  type Result,
  type TenantId,
} from '../../kernel/index.js';
import { newAct, type ActsTx } from '../../history/index.js';
import type { Issue, Trouble } from '../../issues/index.js';
import type { FreezeTx } from '../freeze.port.js';
import { approvedWrites, settledKeys, type Approval } from './approved-writes.js';
import { saidNumber } from './bank-numbers.js';
import { partsOfRelation, type ComparePartsTx } from './parts-of-relation.js';
import { textOfUnit, type PartUnit } from './part-units.js';
import { planPartWrites } from './plan-part-writes.js';
import { partOfQuestion, unitOfQuestion } from './question-key.js';
import { differenceOf } from './settle-verdicts.js';
import type { SourcePart } from './source-part.js';
import { purposeOf } from '../write-purpose.js';

export interface ApproveChange {
  readonly tenantId: TenantId;
  readonly issueId: IssueId;
  /** The version that the person saw. */
  readonly version: number;
  readonly actor: Actor;
}

export type ApproveChangeError =
  | { readonly kind: 'not-found' }
  /** An API key is nobody who can call a supplier. */
  | { readonly kind: 'person-required' }
  | { readonly kind: 'relations-frozen' }
  /** The issue asks nothing that one could approve. */
  | { readonly kind: 'not-approvable' }
  | { readonly kind: 'issue-closed'; readonly state: string }
  /** The issue, or the value in Exact that it is about, is not what the person saw. */
  | { readonly kind: 'changed-meanwhile'; readonly version: number };

type Approved = Result<{ readonly writes: number }, ApproveChangeError>;
type ApproveTx = ComparePartsTx & FreezeTx & ActsTx;

/**
 * A person says that a changed bank account, address or detail of a contact person is right: it is written to the other linked
 * accounts, and the question closes. Approving again is a success without effect. Answers how many writes were planned.
 */
export async function approveChange(deps: Deps<ApproveTx>, command: ApproveChange): Promise<Approved> {
  const done = await deps.uow.run(command.tenantId, (tx) => approve(tx, deps, command));
  if (!done.ok) return done;
  const { writes, renewed } = done.value;
  return renewed === undefined ? ok({ writes }) : err({ kind: 'changed-meanwhile', version: renewed });
}

interface Outcome {
  readonly writes: number;
  /** The version of the question that shows what the other accounts say by now, which the person did not see. */
  readonly renewed?: number;
}

async function approve(
  tx: ApproveTx,
  deps: Deps<ApproveTx>,
  command: ApproveChange,
): Promise<Result<Outcome, ApproveChangeError>> {
  if (command.actor.kind !== 'person') return err({ kind: 'person-required' });
  if (await tx.freeze.isFrozen()) return err({ kind: 'relations-frozen' });
  const named = await tx.issues.findById(command.issueId);
  const part = named && (await partOf(tx, named));
  // The relation before the issue, as comparing locks them.
  const found = part && (await partsOfRelation(tx, part));
  const issue = await tx.issues.findByIdForUpdate(command.issueId);
  if (!issue) return err({ kind: 'not-found' });
  const unit = unitOfQuestion(issue);
  if (!unit) return err({ kind: 'not-approvable' });
  if (issue.state === 'resolved' && issue.closedBy === command.actor.name) return ok({ writes: 0 });
  if (issue.state !== 'open') return err({ kind: 'issue-closed', state: issue.state });
  const { version } = issue;
  if (version !== command.version || !part || !found || said(unit, part) !== approvedText(issue))
    return err({ kind: 'changed-meanwhile', version });
  return ok(await settle(tx, deps, { issue, approval: { part, found, unit }, actor: command.actor }));
}

async function settle(
  tx: ApproveTx,
  deps: Deps<ApproveTx>,
  { issue, approval, actor }: { issue: Issue; approval: Approval; actor: Actor },
): Promise<Outcome> {
  const now = deps.now();
  const unseen = unseenDifference(issue, approval);
  if (unseen) {
    await tx.issues.report([unseen], now);
    return { writes: 0, renewed: issue.version + 1 };
  }
  const writes = approvedWrites({ ...approval, was: String(issue.params['was'] ?? '') });
  const facts = {
    newId: deps.newId,
    now,
    byName: actor.name,
    purpose: purposeOf(actor),
    open: approval.found.open,
  };
  const planned = await planPartWrites(tx, writes, facts);
  await tx.issues.resolve(settledKeys(issue, approval), now, actor.name);
  await tx.acts.add(
    newAct(deps, {
      kind: 'approve-change',
      administrationId: issue.administrationId,
      relationIds: [approval.found.relation.id],
      facts: { issueId: issue.id },
      actor,
    }),
  );
  return { writes: planned };
}

/** The question as it is by now, when an approval would overwrite what the person did not see. */
function unseenDifference(issue: Issue, { part, found, unit }: Approval): Trouble | undefined {
  const own = found.members.find(({ source }) => source.id === part.sourceRelationId);
  if (part.kind === 'bank-account' || !own) return undefined;
  const now = differenceOf({ part, own, found }, unit);
  return ['', issue.params['others']].includes(now.params['others']) ? undefined : now;
}

async function partOf(tx: ApproveTx, issue: Issue): Promise<SourcePart | undefined> {
  const ref = partOfQuestion(issue);
  return ref && tx.sourceParts.find(ref);
}

function said(unit: PartUnit, { kind, fields }: SourcePart): string {
  return kind === 'bank-account' ? saidNumber(fields) : textOfUnit(unit, fields);
}

function approvedText({ params }: Issue): string {
  return String(params['number'] ?? params['value'] ?? '');
}
