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
import { willBeWritten } from '../write-planner.js';
import { accountsWithout, bankAccountWith, saidNumber } from './bank-numbers.js';
import {
  othersOf,
  partsOfRelation,
  partWrite,
  type ComparePartsTx,
  type PartsOfRelation,
} from './parts-of-relation.js';
import {
  agrees,
  bankNumber,
  bankNumberOf,
  partUnits,
  squeezed,
  textOfUnit,
  type PartUnit,
} from './part-units.js';
import { expectedFields, planPartWrites, type PlannedPartWrite } from './plan-part-writes.js';
import { questionKey } from './question-key.js';
import type { PartFields, SourcePart } from './source-part.js';

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
    if (!part || !found || said(unit, part) !== approvedText(issue))
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
  if (cause === 'bank-account-changed') return bankNumber;
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

function said(unit: PartUnit, { kind, fields }: SourcePart): string {
  return kind === 'bank-account' ? saidNumber(fields) : textOfUnit(unit, fields);
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
  return writes.filter(({ member }) => willBeWritten(member, found.administrations));
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
    const before = bankAccountWith(was, member, found);
    return {
      member,
      relationId: found.relation.id,
      kind: part.kind,
      part: before ?? null,
      expected: before ? expectedFields(before, found.open) : {},
      patch: { number, ...filled(part.fields, ['bic', 'holder']) },
    };
  });
}

/** Empty never wins over filled (product.md 3.13). */
function filled(fields: PartFields, names: readonly string[]): PartFields {
  const said = names.filter((name) => squeezed(fields[name]) !== '');
  return Object.fromEntries(said.map((name) => [name, fields[name] ?? null]));
}

/** The issue itself, and those that the other sides have about the same. */
function settledKeys(issue: Issue, { part, found, unit }: Approval): string[] {
  const others = part.kind === 'bank-account' ? withSameNumber(part, found) : othersOf(part, found);
  const keys = others.flatMap((side) => (side.part ? [questionKey(side.part, unit)] : []));
  return [issue.causeKey, ...keys];
}

function withSameNumber(part: SourcePart, found: PartsOfRelation) {
  const number = bankNumberOf(part.fields);
  const parts = [...found.parts.values()].flat().filter(({ kind }) => kind === 'bank-account');
  return parts.filter(({ fields }) => bankNumberOf(fields) === number).map((each) => ({ part: each }));
}
