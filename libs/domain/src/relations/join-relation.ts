import { sharedFieldNames, type SharedField } from './fields.js';
import { withValue, type Member } from './leading-values.js';
import type { Leading, Relation } from './relation.js';
import { isEmpty } from './same-value.js';
import { foldForSearch } from './search-text.js';

/**
 * A relation that more accounts join by themselves: they fill what nobody had said, and change nothing that stands. What a
 * person cleared stays clear.
 */
export function joinRelation(relation: Relation, joining: readonly Member[], now: Date): Relation {
  let { values } = relation;
  const leading: Partial<Record<SharedField, Leading>> = { ...relation.leading };
  const inOrder = [...joining].sort((one, other) => one.position - other.position);
  for (const field of sharedFieldNames) {
    if (!isEmpty(values[field]) || leading[field] !== undefined) continue;
    const filled = inOrder.find(
      ({ source, localFields }) =>
        !source.isBlocked && !localFields.includes(field) && !isEmpty(source.fields.shared[field]),
    );
    if (!filled) continue;
    values = withValue(values, field, filled.source.fields.shared[field]);
    leading[field] = { source: filled.source.id };
  }
  return {
    ...relation,
    values,
    leading,
    searchText: withCodes(relation.searchText, joining),
    isIntercompany: relation.isIntercompany || joining.some(({ source }) => source.isOwnCompany),
    version: relation.version + 1,
    updatedAt: now,
  };
}

function withCodes(searchText: string, joining: readonly Member[]): string {
  const known = new Set(searchText.split(' '));
  const codes = joining.map(({ source }) => foldForSearch(source.fields.local.code ?? ''));
  return [searchText, ...codes.filter((code) => code !== '' && !known.has(code))].join(' ');
}
