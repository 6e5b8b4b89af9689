import { sharedFieldNames, type SharedField, type SharedValues } from './fields.js';
import type { Relation } from './relation.js';
import { isEmpty } from './same-value.js';

/**
 * What a new account of the relation begins with: its shared values that are filled, without what the administration keeps to itself. Exact
 * wants a name. Nothing financial is in it: that never spreads (product.md 3.3).
 */
export function valuesToCreate(
  { values }: Pick<Relation, 'values'>,
  localFields: readonly SharedField[],
): Partial<SharedValues> {
  const given = sharedFieldNames.filter(
    (field) => !isEmpty(values[field]) && (field === 'name' || !localFields.includes(field)),
  );
  return Object.fromEntries(given.map((field) => [field, values[field]]));
}
