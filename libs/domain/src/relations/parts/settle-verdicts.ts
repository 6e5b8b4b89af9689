import type { IssueCause, IssuesTx, Trouble } from '../../issues/index.js';
import type { LinkedMember, Positions } from '../members.js';
import { othersOf, type PartsOfRelation } from './parts-of-relation.js';
import type { UnitVerdict } from './judge-part.js';
import { agrees, squeezed, textOfUnit, type PartUnit } from './part-units.js';
import { questionKey, questionsAbout } from './question-key.js';
import type { SourcePart } from './source-part.js';

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
  const disputed = disputedUnits(verdicts);
  const apart = [...disputed].map((unit) => differenceOf(judged, unit));
  const over: string[] = [];
  for (const unit of new Set(verdicts.map((each) => each.unit)))
    over.push(...(await tx.issues.findOpenCauseKeys(questionsAbout(part, unit))));
  for (const { unit, side } of verdicts)
    if (side.part && !disputed.has(unit)) over.push(questionKey(side.part, unit));
  const stale = over.filter((key) => !apart.some(({ causeKey }) => causeKey === key));
  if (stale.length > 0) await tx.issues.resolve(stale, now, 'Koppel');
  if (apart.length > 0) await tx.issues.report(apart, now);
}

/** The units in which a part stands apart from at least one other: a person decides, and nobody hears of them before. */
export function disputedUnits(verdicts: readonly UnitVerdict[]): ReadonlySet<PartUnit> {
  return new Set(verdicts.filter(({ verdict }) => verdict === 'apart').map(({ unit }) => unit));
}

/** The question about a unit in which a part stands apart, with what an approval overwrites. */
export function differenceOf(
  { part, own, found }: { part: SourcePart; own: LinkedMember; found: PartsOfRelation },
  unit: PartUnit,
): Trouble {
  const cause: IssueCause = part.kind === 'address' ? 'address-differs' : 'contact-differs';
  const others = othersOf(part, found)
    .filter((side) => side.part && !agrees(unit, side.expected, part.fields))
    .map(({ expected, member }) => {
      const text = textOfUnit(unit, expected);
      return `${text === '' ? '–' : text} (${administrationName(found.administrations, member)})`;
    });
  return {
    cause,
    causeKey: questionKey(part, unit),
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
