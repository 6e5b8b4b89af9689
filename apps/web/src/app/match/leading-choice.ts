import type { ProposalDetail, SharedField, SourceRelation } from '@koppel/contracts';
import { valueText } from '../relations/field-value.js';

export type Leading = Readonly<Partial<Record<SharedField, string>>>;

/** All records of a pair, left first: the order of the columns and of the keys 1 to 9. */
export function sourcesOf(
  pair: Pick<ProposalDetail, 'leftSources' | 'rightSources'>,
): readonly SourceRelation[] {
  return [...pair.leftSources, ...pair.rightSources];
}

/** Records of a side that holds more than one: only there is something to take out. */
export function splittable(
  pair: Pick<ProposalDetail, 'leftSources' | 'rightSources'>,
): readonly SourceRelation[] {
  return [pair.leftSources, pair.rightSources].filter((side) => side.length > 1).flat();
}

/** The suggestion for every field that differs. */
export function suggestedLeading(pair: Pick<ProposalDetail, 'differingFields'>): Leading {
  return Object.fromEntries(pair.differingFields.map((each) => [each.field, each.suggestedSourceRelationId]));
}

/** Records of which an administration has more than one: there one has to be chosen to book on. */
export function bookable(
  pair: Pick<ProposalDetail, 'leftSources' | 'rightSources'>,
): readonly SourceRelation[] {
  const sources = sourcesOf(pair);
  return sources.filter((source) => sources.some((other) => other !== source && isTwin(source, other)));
}

/** Books on this record and on none of its twins in the same administration. */
export function bookOn(
  chosen: readonly string[],
  pair: Pick<ProposalDetail, 'leftSources' | 'rightSources'>,
  source: SourceRelation,
): readonly string[] {
  const twins = sourcesOf(pair).filter((other) => isTwin(source, other));
  return [...chosen.filter((id) => !twins.some((twin) => twin.id === id)), source.id];
}

const isTwin = (a: SourceRelation, b: SourceRelation) => a.administrationId === b.administrationId;

/** Lets a source lead for a field, if it has a value there: empty never wins. */
export function choose(leading: Leading, field: SharedField, source: SourceRelation): Leading {
  return valueText(source.values, field) === undefined ? leading : { ...leading, [field]: source.id };
}

/** Takes over a whole side: every differing field for which that source has a value. */
export function takeOver(
  leading: Leading,
  pair: Pick<ProposalDetail, 'differingFields'>,
  source: SourceRelation,
): Leading {
  return pair.differingFields.reduce((chosen, { field }) => choose(chosen, field, source), leading);
}
