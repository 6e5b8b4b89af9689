import type { Comparison } from '../compare.js';
import type { RelationField } from './relation-schema-type.js';
import type { Fact } from './facts.js';

/** What a condition of a schema may name: a level of a field, or of a part of one. */
export interface Levelled {
  readonly field: RelationField;
  readonly levels: readonly string[];
  /** One function per thing, so that each stays fast. */
  readonly is: (level: string) => Fact;
}

const numberLevels = ['equal', 'near', 'different', 'unknown'];

export const levelled: Readonly<Record<string, Levelled>> = {
  name: {
    field: 'name',
    levels: ['equal', 'typo', 'initials', 'contained', 'similar', 'different', 'unknown'],
    is: (level) => (c) => c.name.level === level,
  },
  form: {
    field: 'name',
    levels: ['equal', 'unstated', 'implied', 'different', 'incompatible'],
    is: (level) => (c) => c.form === level,
  },
  group: {
    field: 'name',
    levels: ['equal', 'different'],
    is: (level) => (c) => c.isGroupEqual === (level === 'equal'),
  },
  numeral: {
    field: 'name',
    levels: ['equal', 'different'],
    is: (level) => (c) => c.isNumeralEqual === (level === 'equal'),
  },
  place: {
    field: 'name',
    levels: ['same', 'neutral', 'unsure', 'elsewhere'],
    is: (level) => (c) => c.place === level,
  },
  kvk: { field: 'kvk', levels: [...numberLevels, 'shared'], is: (level) => (c) => c.kvk === level },
  branch: { field: 'branch', levels: ['different'], is: () => (c: Comparison) => c.isBranchDifferent },
  vat: {
    field: 'vat',
    levels: ['equal', 'suffix', 'different', 'unrelated', 'unknown'],
    is: (level) => (c) => c.vat === level,
  },
  rsin: { field: 'rsin', levels: numberLevels, is: (level) => (c) => c.rsin === level },
  iban: { field: 'iban', levels: ['equal'], is: () => (c) => c.iban !== null },
  email: { field: 'email', levels: numberLevels, is: (level) => (c) => c.mail === level },
  domain: { field: 'domain', levels: numberLevels, is: (level) => (c) => c.domain === level },
  phone: { field: 'phone', levels: numberLevels, is: (level) => (c) => c.phone === level },
  address: {
    field: 'address',
    levels: ['same', 'addition', 'near', 'area', 'elsewhere', 'unknown'],
    is: (level) => (c) => c.address === level,
  },
  code: { field: 'code', levels: ['equal'], is: () => (c) => c.isCodeEqual },
};
