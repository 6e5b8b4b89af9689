import type { ProposalDetail, SharedField, SourceRelation } from '@koppel/contracts';
import { valueText } from '../relations/field-value.js';

export type Leading = Readonly<Partial<Record<SharedField, string>>>;

/** All records of a pair, left first: the order of the columns and of the keys 1 to 9. */
export function sourcesOf(pair: Pick<ProposalDetail, 'leftSources' | 'rightSources'>): readonly SourceRelation[] {
  return [...pair.leftSources, ...pair.rightSources];
}

/** The suggestion for every field that differs. */
export function suggestedLeading(pair: Pick<ProposalDetail, 'differingFields'>): Leading {
  return Object.fromEntries(pair.differingFields.map((each) => [each.field, each.suggestedSourceRelationId]));
}

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
