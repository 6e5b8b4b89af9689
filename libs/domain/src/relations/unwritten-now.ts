import { aboutFields, closedIssue, unwrittenFields, type Issue } from '../issues/index.js';
import type { AccountWrite, PartWrite, WriteIntent } from '../sync/index.js';
import { sharedFieldNames } from './fields.js';
import type { LinkedMember } from './members.js';
import type { SourcePart } from './parts/source-part.js';
import { unwrittenOfPart } from './parts/unwritten-part.js';
import { isSamePart } from './parts/written-part.js';
import { isUnderWay } from './pending-writes.js';
import type { Relation } from './relation.js';
import { differingPatch, isSharing } from './write-planner.js';

/** What an issue about a failed write is held against. */
export interface ToldWrite {
  readonly issue: Issue;
  /** The write that the issue names. */
  readonly named: WriteIntent;
  /** The relation that it is about by now, with its accounts. */
  readonly relation: Relation;
  readonly members: readonly LinkedMember[];
  /** Contact persons, addresses and bank accounts of all of them; needed when the write is to one. */
  readonly parts: readonly SourcePart[];
  /** Writes to the account that failed, oldest first. */
  readonly failed: readonly WriteIntent[];
  /** Those that wait or are under way. */
  readonly open: readonly WriteIntent[];
}

/** Failed writes to one account that are looked at; older ones are overtaken. */
export const failedWritesMax = 100;

/** The failed writes to the part that the issue is about, of the fields that it tells of. */
export function failedOfPart(
  { issue, failed }: Pick<ToldWrite, 'issue' | 'failed'>,
  named: PartWrite,
): PartWrite[] {
  const told = unwrittenFields(issue);
  return failed.filter(
    (write): write is PartWrite =>
      write.part !== null &&
      isSamePart(write, named) &&
      (told === undefined || Object.keys(write.patch).some((field) => told.includes(field))),
  );
}

/**
 * The fields that are wanted in Exact and not written: of those that an issue tells of, without what was taken back since, what the account or
 * part says by now, and what belongs to the relation no more. None: the cause of the issue is gone (product.md 3.18).
 */
export function unwrittenNow(told: ToldWrite): readonly string[] {
  const { issue, named, members, relation, parts } = told;
  const fields = unwrittenFields(issue);
  if (named.part !== null) {
    const failed = failedOfPart(told, named);
    const left = Object.keys(unwrittenOfPart({ failed, fields, members, parts }));
    return named.part.kind === 'contact' && fields ? left.filter((field) => fields.includes(field)) : left;
  }
  const member = members.find(({ source }) => source.id === named.sourceRelationId);
  if (!member || !isSharing(member)) return [];
  const unwritten = fields ?? Object.keys(named.patch);
  const underWay = told.open.filter(isOfAccount).filter(isUnderWay);
  const asked = sharedFieldNames.filter((field) => unwritten.includes(field));
  return Object.keys(differingPatch({ member, underWay }, relation, asked));
}

/** The fields of the same account or part that a write which waits or is under way says: that one will tell. */
export function fieldsMeantAgain({ named, open }: Pick<ToldWrite, 'named' | 'open'>): readonly string[] {
  const same = open.filter((write) =>
    named.part === null ? write.part === null : write.part !== null && isSamePart(write, named),
  );
  return same.flatMap(({ patch }) => Object.keys(patch));
}

/** The issue once only these of its fields are not written; the same one when it tells of no others. */
export function toldOf(
  issue: Issue,
  fields: readonly string[],
  closing: { readonly now: Date; readonly byName: string },
): Issue {
  if (fields.length === 0) return closedIssue(issue, closing.now, closing.byName);
  const told = unwrittenFields(issue) ?? [];
  const left = told.filter((field) => fields.includes(field));
  return left.length > 0 && left.length < told.length ? aboutFields(issue, left) : issue;
}

const isOfAccount = (write: WriteIntent): write is AccountWrite => write.part === null;
