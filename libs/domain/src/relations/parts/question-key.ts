import { hashText } from '../matching/index.js';
import { spellingOf, type PartUnit } from './part-units.js';
import type { PartRef, SourcePart } from './source-part.js';

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
