import type { IssueCause, IssuesTx, Trouble } from '../../issues/index.js';
import type { LinkedMember, Positions } from '../members.js';
import type { PartsOfRelation } from './parts-of-relation.js';
import type { UnitVerdict } from './judge-part.js';
import { squeezed, textOfUnit, type PartUnit } from './part-units.js';
import type { PartRef, SourcePart } from './source-part.js';

/** Opens an issue per unit in which a part stands apart from others, and closes those of units that agree again. */
export async function settleVerdicts(
  tx: IssuesTx,
  now: Date,
  judged: {
    readonly part: SourcePart;
    readonly own: LinkedMember;
    readonly found: PartsOfRelation;
    readonly verdicts: readonly UnitVerdict[];
  },
): Promise<void> {
  const { part, verdicts } = judged;
  const apart = [...Map.groupBy(verdicts, ({ unit }) => unit)].flatMap(([unit, of]) => {
    const sides = of.filter(({ verdict }) => verdict === 'apart');
    return sides.length > 0 ? [troubleOf(judged, unit, sides)] : [];
  });
  const open = new Set(apart.map(({ causeKey }) => causeKey));
  const over = verdicts
    .filter(({ verdict }) => verdict !== 'apart')
    .flatMap(({ unit, side }) => [keyOf(part, unit), ...(side.part ? [keyOf(side.part, unit)] : [])])
    .filter((key) => !open.has(key));
  if (over.length > 0) await tx.issues.resolve([...new Set(over)], now, 'Koppel');
  if (apart.length > 0) await tx.issues.report(apart, now);
}

/** The issue about one unit of one part. */
export function keyOf({ administrationId, kind, exactId }: PartRef, unit: PartUnit): string {
  return `part-differs:${administrationId}:${kind}:${exactId}:${unit.name}`;
}

function troubleOf(
  { part, own, found }: { part: SourcePart; own: LinkedMember; found: PartsOfRelation },
  unit: PartUnit,
  sides: readonly UnitVerdict[],
): Trouble {
  const cause: IssueCause = part.kind === 'address' ? 'address-differs' : 'contact-differs';
  const others = sides.map(
    ({ side }) =>
      `${textOfUnit(unit, side.expected)} (${administrationName(found.administrations, side.member)})`,
  );
  return {
    cause,
    causeKey: keyOf(part, unit),
    administrationId: part.administrationId,
    params: {
      name: found.relation.values.name,
      person: squeezed(part.fields['fullName']),
      administration: administrationName(found.administrations, own),
      value: textOfUnit(unit, part.fields),
      others: others.join('; ').slice(0, 1_000),
      unit: unit.name,
      exactId: own.source.exactId,
      partKind: part.kind,
      partId: part.exactId,
    },
  };
}

/** The administration of an account, by name. */
export function administrationName(administrations: Positions, { source }: LinkedMember): string {
  return administrations.get(source.administrationId)?.name ?? '';
}
