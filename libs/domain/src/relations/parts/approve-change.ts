import {
  err,
  ok,
  type Actor,
  type AdministrationId,
  type Deps,
  type IssueId,
  type Result,
  type TenantId,
} from '../../kernel/index.js';
import type { Issue } from '../../issues/index.js';
import type { FreezeTx } from '../freeze.port.js';
import { isWritable } from '../write-planner.js';
import { accountsWithout, bankAccountsOf } from './ask-approval.js';
import {
  othersOf,
  partsOfRelation,
  partWrite,
  type ComparePartsTx,
  type PartsOfRelation,
} from './parts-of-relation.js';
import { agrees, bankNumberOf, partUnits, textOfUnit, type PartUnit } from './part-units.js';
import { expectedFields, planPartWrites, type PlannedPartWrite } from './plan-part-writes.js';
import { keyOf } from './settle-verdicts.js';
import type { SourcePart } from './source-part.js';

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
type ApproveTx = ComparePartsTx & FreezeTx;

/**
 * A person says that a changed bank account, address or detail of a contact person is right: it is written to the other linked
 * accounts, and the question closes. Approving again is a success without effect. Answers how many writes were planned.
 */
export function approveChange(deps: Deps<ApproveTx>, command: ApproveChange): Promise<Approved> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Approved> => {
    if (command.actor.kind !== 'person') return err({ kind: 'person-required' });
    if (await tx.freeze.isFrozen()) return err({ kind: 'relations-frozen' });
    const issue = await tx.issues.findByIdForUpdate(command.issueId);
    if (!issue) return err({ kind: 'not-found' });
    const unit = unitOf(issue);
    if (!unit || issue.administrationId === null) return err({ kind: 'not-approvable' });
    if (issue.state === 'resolved' && issue.closedBy === command.actor.name) return ok({ writes: 0 });
    if (issue.state !== 'open') return err({ kind: 'issue-closed', state: issue.state });
    if (issue.version !== command.version) return err({ kind: 'changed-meanwhile', version: issue.version });
    const part = await partOf(tx, issue, issue.administrationId);
    const found = part && (await partsOfRelation(tx, part));
    if (!part || !found || textOfUnit(unit, part.fields) !== approvedText(issue))
      return err({ kind: 'changed-meanwhile', version: issue.version });
    const now = deps.now();
    const writes = writesOf({ part, found, unit, was: String(issue.params['was'] ?? '') });
    const facts = { newId: deps.newId, now, byName: command.actor.name, open: found.open };
    const planned = await planPartWrites(tx, writes, facts);
    await tx.issues.resolve(settledKeys(issue, { part, found, unit }), now, command.actor.name);
    return ok({ writes: planned });
  });
}

function unitOf({ cause, params }: Issue): PartUnit | undefined {
  if (cause === 'bank-account-changed') return partUnits['bank-account'][0];
  if (cause === 'address-differs') return partUnits.address[0];
  if (cause === 'contact-differs') return partUnits.contact.find(({ name }) => name === params['unit']);
  return undefined;
}

async function partOf(
  tx: ApproveTx,
  { params }: Issue,
  administrationId: AdministrationId,
): Promise<SourcePart | undefined> {
  if (params['partId'] === undefined) return undefined; // erased with its account
  const kind = String(params['partKind']) as SourcePart['kind']; // written by our own comparison
  return tx.sourceParts.find({ administrationId, kind, exactId: String(params['partId']) });
}

function approvedText({ params }: Issue): string {
  return String(params['number'] ?? params['value'] ?? '');
}

interface Approval {
  readonly part: SourcePart;
  readonly found: PartsOfRelation;
  readonly unit: PartUnit;
}

function writesOf(approval: Approval & { readonly was: string }): PlannedPartWrite[] {
  const { part, found, unit } = approval;
  const writes = part.kind === 'bank-account' ? bankWrites(approval) : otherWrites(part, found, unit);
  return writes.filter(({ member }) => isWritable(member, found.administrations));
}

function otherWrites(part: SourcePart, found: PartsOfRelation, unit: PartUnit): PlannedPartWrite[] {
  return othersOf(part, found)
    .filter((side) => side.part && !agrees(unit, side.expected, part.fields))
    .map((side) => partWrite(part, { found, side, units: [unit] }));
}

/** The account that has the number of before gets the new one in its place; others get it beside what they have. */
function bankWrites({ part, found, was }: Approval & { readonly was: string }): PlannedPartWrite[] {
  const number = bankNumberOf(part.fields);
  return accountsWithout(part, found).map((member) => {
    const before = bankAccountsOf(member, found).find(({ fields }) => bankNumberOf(fields) === was);
    return {
      member,
      relationId: found.relation.id,
      kind: part.kind,
      part: before ?? null,
      expected: before ? expectedFields(before, found.open) : {},
      patch: { number, bic: part.fields['bic'] ?? null, holder: part.fields['holder'] ?? null },
    };
  });
}

/** The issue itself, and those that the other sides have about the same. */
function settledKeys(issue: Issue, { part, found, unit }: Approval): string[] {
  if (part.kind === 'bank-account') return [issue.causeKey];
  const others = othersOf(part, found).flatMap((side) => side.part ?? []);
  return [issue.causeKey, ...others.map((other) => keyOf(other, unit))];
}
