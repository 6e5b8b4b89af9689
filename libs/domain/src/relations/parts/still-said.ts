import type { PartWrite } from '../../sync/index.js';
import type { LinkedMember } from '../members.js';
import { isSharing } from '../write-planner.js';
import { isShared } from './counterpart.js';
import { agrees, partUnits, type PartUnit } from './part-units.js';
import type { PartFields, SourcePart } from './source-part.js';
import type { SourcePartsTx } from './source-parts.port.js';

/**
 * What of a write to a part is still wanted: the units that a part of that kind says in another account of the relation. A value that was
 * taken back or replaced where it came from is not (product.md 3.18). Empty when nothing is.
 */
export async function stillSaid(
  tx: SourcePartsTx,
  { sourceRelationId, part: { kind }, patch }: PartWrite,
  members: readonly LinkedMember[],
): Promise<PartFields> {
  const others = members.filter((member) => isSharing(member) && member.source.id !== sourceRelationId);
  const found = await tx.sourceParts.findOfAccounts(others.map(({ source }) => source.id));
  const parts = found.filter((part) => part.kind === kind && isShared(part));
  const meant = partUnits[kind].filter((unit) => unit.fields.some((field) => field in patch));
  const taken = meant.filter((unit) => !isSaid(unit, patch, parts));
  if (taken.length === meant.length) return {};
  const gone = new Set(taken.flatMap(({ fields }) => fields));
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !gone.has(field)));
}

/** Of addresses only those of the type that is to be made count, when the write says which. */
function isSaid(unit: PartUnit, patch: PartFields, parts: readonly SourcePart[]): boolean {
  const { type } = patch;
  return parts.some(
    ({ fields }) => (type === undefined || fields['type'] === type) && agrees(unit, fields, patch),
  );
}
