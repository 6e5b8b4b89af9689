import type { Comparison } from '../compare.js';
import type { NameComparison } from '../compare-names.js';
import type { Features } from '../features.js';
import type { MatchRecord } from '../match-record.js';
import type { Tally } from '../tally.js';
import { compileEvidence } from './compile-evidence.js';
import { compileFields, type FieldRules } from './compile-fields.js';
import { compileKeys } from './compile-keys.js';
import { ConditionReader } from './conditions.js';
import { compileDecision, type Decision } from './compile-decision.js';
import { relationSchema } from './relation-schema.js';
import type { RelationSchema } from './relation-schema-type.js';
import { WrongSchema } from './wrong-schema.js';

/** A schema of relations, resolved: what it names is looked up once and then called. */
export interface RelationRules {
  readonly schema: RelationSchema;
  /** Normalises a record. Pure: the same record always gives the same features. */
  readonly toFeatures: (record: MatchRecord) => Features;
  /** The candidate keys of a record that is normalised already, each once, strongest kinds first. */
  readonly keysOf: (features: Features) => number[];
  readonly compare: (a: Features, b: Features, name: NameComparison) => Comparison;
  readonly weigh: (c: Comparison, stems: number, out: Tally) => void;
  readonly vetoesOf: (c: Comparison) => string[];
  readonly decide: (c: Comparison, score: number, vetoes: readonly string[]) => Decision;
}

/** Resolves the names in a schema. One that names a rule, level or field that is not there is a WrongSchema. */
export function relationRulesOf(schema: RelationSchema): RelationRules {
  const names = schema.fields.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new WrongSchema(`fields: "${twice}" is there twice`);
  const conditions = new ConditionReader(new Set(names));
  const fields: FieldRules = compileFields(schema);
  return {
    schema,
    ...fields,
    keysOf: compileKeys(schema),
    weigh: compileEvidence(schema, conditions),
    ...compileDecision(schema, conditions),
  };
}

/** The rules that relations are matched by. */
export const relationRules: RelationRules = relationRulesOf(relationSchema);
