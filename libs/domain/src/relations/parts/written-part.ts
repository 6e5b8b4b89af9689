import type { WriteSubject } from '../../issues/index.js';
import type { PartWrite, WriteIntent, WrittenPart } from '../../sync/index.js';
import { hashText } from '../matching/index.js';
import { countingOn, mayStand } from './may-stand.js';
import { bankNumber, partUnits, spellingOf } from './part-units.js';

/** What people are told that a write is about: one issue per account, part of one, or account that is to be made (product.md 3.18). */
export function subjectOf(intent: WriteIntent): WriteSubject {
  const { administrationId, relationId, sourceRelationId } = intent;
  const subject = { administrationId, relationId, sourceRelationId };
  return intent.part === null ? subject : { ...subject, partKey: partKeyOf(intent) };
}

/** What a write that was dropped is about, once somebody wants it again. */
export function wanted(part: WrittenPart): WrittenPart {
  return { kind: part.kind, exactId: part.exactId, ...countingOn(mayStand(part)) };
}

/** Whether two writes are about one part of one account: the success of either tells nothing of another new part. */
export function isSamePart(one: PartWrite, other: PartWrite): boolean {
  return one.sourceRelationId === other.sourceRelationId && partKeyOf(one) === partKeyOf(other);
}

function partKeyOf({ part, patch }: PartWrite): string {
  return `${part.kind}:${part.exactId ?? `new:${identityOfNew({ part, patch })}`}`;
}

/**
 * What tells a part that is to be made from others of the account: of an address its type, of a bank account the number, of a person who
 * it is. Keys outlive the erasure of a person, so that these stand in them as 32 bits, from which they cannot be told.
 */
function identityOfNew({ part: { kind }, patch }: Pick<PartWrite, 'part' | 'patch'>): string {
  if (kind === 'address') return String(patch['type'] ?? '');
  const units = kind === 'bank-account' ? [bankNumber] : partUnits.contact;
  const said = units.map((unit) => spellingOf(unit, patch)).find((text) => text !== '') ?? '';
  return (hashText(said) % 2 ** 32).toString(36);
}
