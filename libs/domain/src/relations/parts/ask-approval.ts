import type { IssuesTx, Trouble } from '../../issues/index.js';
import type { LinkedMember } from '../members.js';
import { isSharing } from '../write-planner.js';
import type { PartsOfRelation } from './parts-of-relation.js';
import { bankNumberOf } from './part-units.js';
import { administrationName } from './settle-verdicts.js';
import type { PartRef, SourcePart } from './source-part.js';

/**
 * A new or changed bank account number is written nowhere until a person approved it: a changed IBAN is the classic fraud
 * (product.md 3.3). One open question per bank account; a later number replaces the question about an earlier one.
 */
export async function askApproval(
  tx: IssuesTx,
  now: Date,
  about: { readonly part: SourcePart; readonly own: LinkedMember; readonly found: PartsOfRelation },
): Promise<void> {
  const { part, found } = about;
  const number = bankNumberOf(part.fields);
  const wasKnown = bankNumberOf(part.base ?? part.fields) === number;
  if (wasKnown || part.base === null) return;
  const isNews = number !== '' && accountsWithout(part, found).length > 0;
  const key = approvalKey(part, number);
  const stale = (await tx.issues.findOpenCauseKeys(approvalKey(part, ''))).filter(
    (open) => !isNews || open !== key,
  );
  await tx.issues.resolve(stale, now, 'Koppel');
  if (isNews) await tx.issues.report([troubleOf(about, number)], now);
}

/** The other accounts that share and do not have the part's number. */
export function accountsWithout(part: SourcePart, found: PartsOfRelation): LinkedMember[] {
  const number = bankNumberOf(part.fields);
  return found.members.filter((member) => {
    if (member.source.id === part.sourceRelationId || !isSharing(member)) return false;
    return !bankAccountsOf(member, found).some(({ fields }) => bankNumberOf(fields) === number);
  });
}

/** The bank accounts of an account. */
export function bankAccountsOf(member: LinkedMember, { parts }: PartsOfRelation): SourcePart[] {
  return (parts.get(member.source.id) ?? []).filter(({ kind }) => kind === 'bank-account');
}

function approvalKey({ administrationId, exactId }: PartRef, number: string): string {
  return `bank-account-changed:${administrationId}:${exactId}:${number}`;
}

function troubleOf(
  { part, own, found }: { part: SourcePart; own: LinkedMember; found: PartsOfRelation },
  number: string,
): Trouble {
  const was = bankNumberOf(part.base ?? {});
  return {
    cause: 'bank-account-changed',
    causeKey: approvalKey(part, number),
    administrationId: part.administrationId,
    params: {
      name: found.relation.values.name,
      administration: administrationName(found.administrations, own),
      number,
      was: was === '' ? '–' : was,
      exactId: own.source.exactId,
      partKind: part.kind,
      partId: part.exactId,
    },
  };
}
