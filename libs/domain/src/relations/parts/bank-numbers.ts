import type { LinkedMember } from '../members.js';
import { isSharing } from '../write-planner.js';
import type { PartsOfRelation } from './parts-of-relation.js';
import { bankNumberOf } from './part-units.js';
import { expectedFields } from './plan-part-writes.js';
import type { PartFields, SourcePart } from './source-part.js';

/** The number that a bank account brings to others; empty when it is blocked: nobody is to pay to it. */
export function saidNumber(fields: PartFields): string {
  return fields['isBlocked'] === true ? '' : bankNumberOf(fields);
}

/** The other accounts that share and do not have the part's number, nor will once the writes that wait have arrived. */
export function accountsWithout(part: SourcePart, found: PartsOfRelation): LinkedMember[] {
  const number = bankNumberOf(part.fields);
  return found.members.filter(
    (member) =>
      member.source.id !== part.sourceRelationId &&
      isSharing(member) &&
      !bankAccountWith(number, member, found) &&
      !isMadeFor(member, number, found),
  );
}

/** The bank account of an account that has the number once the writes that wait have arrived. */
export function bankAccountWith(
  number: string,
  { source }: LinkedMember,
  { parts, open }: PartsOfRelation,
): SourcePart | undefined {
  return (parts.get(source.id) ?? []).find(
    (part) => part.kind === 'bank-account' && bankNumberOf(expectedFields(part, open)) === number,
  );
}

function isMadeFor({ source }: LinkedMember, number: string, { open }: PartsOfRelation): boolean {
  return open.some(
    ({ kind, sourceRelationId, part, patch }) =>
      kind === 'create' &&
      part.kind === 'bank-account' &&
      sourceRelationId === source.id &&
      bankNumberOf(patch) === number,
  );
}
