import { hashText } from '../matching/index.js';
import type { Issue } from '../../issues/index.js';
import { bankNumber, partUnits, spellingOf, type PartUnit } from './part-units.js';
import type { PartRef, SourcePart } from './source-part.js';

/** What the keys of questions about parts begin with. */
export const questionPrefixes = ['bank-account-changed:', 'part-differs:'] as const;

/** What the keys of all questions about one unit of one part begin with. */
export function questionsAbout({ administrationId, kind, exactId }: PartRef, unit: PartUnit): string {
  return kind === 'bank-account'
    ? `bank-account-changed:${administrationId}:${exactId}:`
    : `part-differs:${administrationId}:${kind}:${exactId}:${unit.name}:`;
}

/**
 * The question about what one unit of one part says now. Another value is another question: who ignored one has not answered the other.
 * Keys outlive the erasure of a person, so that the value stands in them as 32 bits, from which it cannot be told.
 */
export function questionKey(part: SourcePart, unit: PartUnit): string {
  const mark = hashText(spellingOf(unit, part.fields)) % 2 ** 32;
  return `${questionsAbout(part, unit)}${mark.toString(36)}`;
}

/** What a question is about; undefined when it is no question about a part. */
export function unitOfQuestion({ cause, params }: Issue): PartUnit | undefined {
  if (cause === 'bank-account-changed') return bankNumber;
  if (cause === 'address-differs') return partUnits.address[0];
  if (cause === 'contact-differs') return partUnits.contact.find(({ name }) => name === params['unit']);
  return undefined;
}

/** The part that a question is about; undefined once it was erased with its account. */
export function partOfQuestion({ params, administrationId }: Issue): PartRef | undefined {
  if (administrationId === null || params['partId'] === undefined) return undefined;
  const kind = String(params['partKind']) as PartRef['kind']; // written by our own comparison
  return { administrationId, kind, exactId: String(params['partId']) };
}
