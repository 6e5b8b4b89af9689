import type { Comparison } from '../compare.js';
import { facts, type Fact } from './facts.js';
import { levelled } from './levels.js';
import type { Conditions, RelationField } from './relation-schema-type.js';
import { ruleNamed, WrongSchema } from './wrong-schema.js';

/** Turns conditions into a test. A level or fact that is none, or of a field that the schema lacks, is a WrongSchema. */
export class ConditionReader {
  constructor(private readonly fields: ReadonlySet<RelationField>) {}

  /** `where` is how a message names the rule that the conditions belong to. */
  read({ when = [], unless = [] }: Conditions, where: string): Fact {
    const needed = when.map((condition) => this.#factOf(condition, where));
    const forbidden = unless.map((condition) => this.#factOf(condition, where));
    return allButNone(needed, forbidden);
  }

  #factOf(condition: string, where: string): Fact {
    const [name = '', given, ...rest] = condition.split(':');
    if (given === undefined) return ruleNamed(facts, name, where);
    if (rest.length > 0) throw new WrongSchema(`${where}: "${condition}" has more than one colon`);
    const { field, levels, is } = ruleNamed(levelled, name, where);
    if (!this.fields.has(field)) throw new WrongSchema(`${where}: "${field}" is none of the fields`);
    const wanted = given.split('|');
    const unknown = wanted.find((level) => !levels.includes(level));
    if (unknown !== undefined)
      throw new WrongSchema(`${where}: "${unknown}" is no level of ${name}: ${levels.join(', ')}`);
    return anyOf(wanted.map(is));
  }
}

const isAlways: Fact = () => true;

// Called for every rule and pair, so what is asked of nearly all of them costs no list and no loop.
function allButNone(needed: readonly Fact[], forbidden: readonly Fact[]): Fact {
  const [first = isAlways, second] = needed;
  if (needed.length > 2 || forbidden.length > 0) {
    const others = needed.slice(1);
    return (c) => first(c) && areAll(others, c) && !isAny(forbidden, c);
  }
  return second ? (c) => first(c) && second(c) : first;
}

function anyOf(tests: readonly Fact[]): Fact {
  const [first = isAlways, second] = tests;
  if (tests.length > 2) return (c) => isAny(tests, c);
  return second ? (c) => first(c) || second(c) : first;
}

function areAll(tests: readonly Fact[], c: Comparison): boolean {
  for (const test of tests) if (!test(c)) return false;
  return true;
}

function isAny(tests: readonly Fact[], c: Comparison): boolean {
  for (const test of tests) if (test(c)) return true;
  return false;
}
