import type { IssueCause, IssuesTx, Trouble } from '../../issues/index.js';
import type { PartWrite } from '../../sync/index.js';
import type { LinkedMember, Positions } from '../members.js';
import { othersOf, type PartsOfRelation } from './parts-of-relation.js';
import type { UnitVerdict } from './judge-part.js';
import { agrees, squeezed, textOfUnit, type PartUnit } from './part-units.js';
import { questionKey, questionsAbout } from './question-key.js';
import type { SourcePart } from './source-part.js';

/** A changed part of an account, and what comparing it with those of the others says. */
export interface Judged {
  readonly part: SourcePart;
  readonly own: LinkedMember;
  readonly found: PartsOfRelation;
  readonly verdicts: readonly UnitVerdict[];
}

/**
 * Opens an issue per unit in which a part stands apart from others, and closes those of units that agree again. What was taken back for
 * that is asked too: who said it is heard by nobody else any more.
 */
export async function settleVerdicts(
  tx: IssuesTx,
  now: Date,
  judged: Judged & { readonly taken: readonly PartWrite[] },
): Promise<void> {
  const { part, verdicts, found } = judged;
  const disputed = disputedUnits(verdicts);
  const unheard = unheardSides(judged);
  const apart = [...disputed].flatMap((unit) => [
    differenceOf(judged, unit),
    ...unheard.filter((each) => each.unit === unit).map((each) => differenceOf({ ...each, found }, unit)),
  ]);
  const over: string[] = [];
  for (const unit of new Set(verdicts.map((each) => each.unit)))
    over.push(...(await tx.issues.findOpenCauseKeys(questionsAbout(part, unit))));
  for (const { unit, side } of verdicts)
    if (side.part && !disputed.has(unit)) over.push(questionKey(side.part, unit));
  const stale = over.filter((key) => !apart.some(({ causeKey }) => causeKey === key));
  if (stale.length > 0) await tx.issues.resolve(stale, now, 'Koppel');
  if (apart.length > 0) await tx.issues.report(apart, now);
}

/** Other accounts that say what a write that was taken back would have brought to third ones. */
function unheardSides({ verdicts, taken }: Judged & { readonly taken: readonly PartWrite[] }) {
  return verdicts.flatMap(({ unit, side: { part, member } }) => {
    const isTaken = taken.some(
      ({ patch }) => part && unit.fields[0]! in patch && agrees(unit, part.fields, patch),
    ); // a unit has fields
    return part && isTaken ? [{ unit, part, own: member }] : [];
  });
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
