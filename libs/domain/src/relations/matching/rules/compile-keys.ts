import type { Features } from '../features.js';
import { keyRules, nameKeyRules, type AddKeys, type AddNameKeys } from './key-rules.js';
import { namePartsOf } from './name-parts.js';
import type { RelationKeyRule, RelationSchema } from './relation-schema-type.js';
import { ruleNamed, WrongSchema } from './wrong-schema.js';

/** Makes the function that gives a record's keys: those of the record first, then those of each name. */
export function compileKeys({ keys, fields }: RelationSchema): (features: Features) => number[] {
  const ofRecord: AddKeys[] = [];
  const ofNames: AddNameKeys[] = [];
  for (const [at, key] of keys.entries()) {
    const where = `keys[${at}]`;
    if (keys.findIndex((other) => isSameKey(other, key)) < at)
      throw new WrongSchema(`${where}: "${key.rule}" of "${key.field}" is there twice`);
    if (!fields.some(({ name }) => name === key.field))
      throw new WrongSchema(`${where}: "${key.field}" is none of the fields`);
    if (key.field === 'name') ofNames.push(ruleNamed(nameKeyRules, key.rule, where)(`${key.as}:`));
    else ofRecord.push(makeKeys(key, where));
  }
  return (features) => {
    const found: number[] = [];
    for (const add of ofRecord) add(features, found);
    if (ofNames.length === 0) return found;
    for (const name of features.names) {
      const parts = namePartsOf(name, features);
      for (const add of ofNames) add(parts, found);
    }
    return features.names.length > 1 ? [...new Set(found)] : found;
  };
}

// Each pair would be met twice by it.
function isSameKey(one: RelationKeyRule, other: RelationKeyRule): boolean {
  return one.rule === other.rule && one.field === other.field && one.as === other.as;
}

function makeKeys({ rule, field, as }: RelationKeyRule, where: string): AddKeys {
  const { fields, make } = ruleNamed(keyRules, rule, where);
  if (!fields.includes(field)) throw new WrongSchema(`${where}: "${rule}" makes no keys of "${field}"`);
  return make(field, `${as}:`);
}
