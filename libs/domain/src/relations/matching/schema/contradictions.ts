import { particles } from '../name-words.js';
import { ruleNamed, WrongSchema } from '../rules/wrong-schema.js';
import { compareValues, levelsOf } from './compare-values.js';
import { missing } from './field-model.js';
import type { FieldValue } from './field-values.js';
import type { MatchSchema, NeverRule } from './match-schema.js';
import type { PairLevels } from './pair-score.js';
import type { RecordTable } from './record-table.js';

/** The fields by which two records contradict each other, as the schema's `never` says; none where they may be one. */
export type Contradictions = (table: RecordTable, pair: PairLevels) => readonly string[];

/** Looks up what the rules of a schema name. A field or a level that is none is a WrongSchema. */
export function contradictionsOf(schema: MatchSchema): Contradictions {
  const rules = (schema.never ?? []).map((rule, at) => compile(schema, rule, `never[${at}]`));
  return (table, pair) => rules.flatMap((rule) => (rule.isBroken(table, pair) ? rule.names : []));
}

/** Refuses a schema whose `never` names a field or a level that is none: a WrongSchema says where. */
export function checkNever(schema: MatchSchema): void {
  contradictionsOf(schema);
}

interface Rule {
  readonly names: readonly string[];
  readonly isBroken: (table: RecordTable, pair: PairLevels) => boolean;
}

function compile(schema: MatchSchema, { fields, below, initials }: NeverRule, where: string): Rule {
  if (fields.length === 0) throw new WrongSchema(`${where}: names no field`);
  const places = fields.map((name) => placeOf(schema, name, `${where}.fields`));
  for (const place of places) checkLevel(schema, place, { below, where: `${where}.below` });
  const initialsAt = initials === undefined ? -1 : placeOf(schema, initials, `${where}.initials`);
  const isNames = [...places, ...(initialsAt < 0 ? [] : [initialsAt])].every(
    (place) => schema.fields[place]?.kind === 'name',
  );
  if (initialsAt >= 0 && (!isNames || fields.length > 1))
    throw new WrongSchema(`${where}.initials: only beside one field, and both of the kind name`);
  const own = { field: places[0] ?? 0, below, initials: initialsAt };
  return {
    names: fields,
    isBroken: (table, pair) =>
      initialsAt < 0
        ? places.every((field) => differ(table, pair, { field, below }))
        : givenNamesDiffer(table, pair, own),
  };
}

function placeOf({ fields }: MatchSchema, name: string, where: string): number {
  return ruleNamed(Object.fromEntries(fields.map((field, at) => [field.name, at])), name, where);
}

function checkLevel(
  { fields }: MatchSchema,
  place: number,
  { below, where }: { below: number; where: string },
): void {
  const [name, kind] = [fields[place]?.name, fields[place]?.kind ?? 'name'];
  const highest = levelsOf[kind] - 1;
  if (!Number.isInteger(below) || below < 1 || below > highest)
    throw new WrongSchema(`${where}: ${below} is no level of "${name}" (${kind}: 1 to ${highest})`);
}

interface OwnLevel {
  readonly field: number;
  readonly below: number;
}

function differ(
  table: RecordTable,
  { i, j, levels, swaps }: PairLevels,
  { field, below }: OwnLevel,
): boolean {
  const level = levels[field] ?? missing;
  if (level === missing || level >= below) return false;
  if (table.schema.fields[field]?.kind !== 'name' || swaps > 0) return true;
  const [a, b] = [table.values[field]?.[i], table.values[field]?.[j]];
  if (!a || !b) return false;
  const bits = table.wordBits[field] ?? (() => 0);
  return compareValues('name', [withoutParticles(a), withoutParticles(b)], bits) < below;
}

// "van der Berg" beside "Berg"; a name of particles alone stays as it is.
function withoutParticles(value: FieldValue): FieldValue {
  const words = value.words.filter((word) => !particles.has(word));
  return words.length === 0 ? value : { words, text: words.join(' ') };
}

/**
 * Given names are compared with given names and initials with initials; only where neither is on both sides, the first
 * letters of what there is. What somebody is called need not begin with the initial (Hans, J.).
 */
function givenNamesDiffer(
  table: RecordTable,
  pair: PairLevels,
  { field, below, initials }: OwnLevel & { readonly initials: number },
): boolean {
  const [a, b] = [pair.i, pair.j].map((record) => ({
    given: table.values[field]?.[record] ?? undefined,
    initials: table.values[initials]?.[record] ?? undefined,
  }));
  if (!a || !b) return false;
  if (a.initials && b.initials && !fit(letters(a.initials), letters(b.initials))) return true;
  if (a.given && b.given && ![a.given, b.given].some(isInitials))
    return differ(table, pair, { field, below });
  if (a.initials && b.initials) return false;
  const [ofA, ofB] = [a, b].map((own) => [
    ...(own.given ? [isInitials(own.given) ? letters(own.given) : firstLetters(own.given)] : []),
    ...(own.initials ? [letters(own.initials)] : []),
  ]);
  if (!ofA?.length || !ofB?.length) return false;
  return !ofA.some((one) => ofB.some((other) => fit(one, other)));
}

const initialsMax = 4;

// Single letters, or a few without a vowel (JP, Th).
function isInitials({ words }: FieldValue): boolean {
  if (words.every((word) => word.length === 1)) return true;
  return words.length === 1 && (words[0]?.length ?? 0) <= initialsMax && !/[aeiouy]/.test(words[0] ?? '');
}

const letters = ({ words }: FieldValue): string => words.join('');
const firstLetters = ({ words }: FieldValue): string => words.map((word) => word.slice(0, 1)).join('');
const fit = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);
