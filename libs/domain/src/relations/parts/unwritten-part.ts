import type { PartWrite } from '../../sync/index.js';
import type { LinkedMember } from '../members.js';
import { saidNumber } from './bank-numbers.js';
import { counterpartOf, isShared } from './counterpart.js';
import { sharesPart } from './parts-of-relation.js';
import { agrees, bankNumberOf, fieldsTogether, partUnits, squeezed, type PartUnit } from './part-units.js';
import type { PartFields, SourcePart } from './source-part.js';

/** Failed writes to one part of one account, oldest first, and what the accounts of its relation say. */
export interface FailedPart {
  readonly failed: readonly PartWrite[];
  /** That people were told of; all when none are given. */
  readonly fields: readonly string[] | undefined;
  readonly members: readonly LinkedMember[];
  /** Of all the members. */
  readonly parts: readonly SourcePart[];
}

/**
 * What of failed writes to a part is still to be written: what the same person, address or bank account of another account of the relation
 * says, and this one does not. A value that was taken back or replaced where it came from is wanted no more (product.md 3.18). Empty when
 * nothing is.
 */
export function unwrittenOfPart({ failed, fields: told, members, parts }: FailedPart): PartFields {
  const last = failed.at(-1);
  const target = members.find(({ source }) => source.id === last?.sourceRelationId);
  if (!last || !target || !sharesPart(target, last.part)) return {};
  const { kind, exactId } = last.part;
  const meant = meantBy(failed, told);
  const own = parts.filter((part) => part.sourceRelationId === target.source.id);
  const there = exactId === null ? madeMeanwhile(own, { kind, meant }) : partWith(own, { kind, exactId });
  // A part that is gone is written no more, nor one that somebody made meanwhile: what differs there is asked.
  if (exactId === null ? there !== undefined : !there || !isShared(there)) return {};
  const wanted = asMeant(last, { meant, there });
  const others = members
    .filter((member) => member !== target && sharesPart(member, last.part))
    .flatMap(({ source }) => {
      const other = parts.filter((part) => part.sourceRelationId === source.id && isShared(part));
      return sameIn(other, { wanted, own }) ?? [];
    });
  const isWanted = (unit: PartUnit) =>
    others.some(({ fields }) => agrees(unit, fields, meant)) && !(there && isThere(unit, there, meant));
  return fieldsOf(kind, meant, partUnits[kind].filter(isWanted));
}

/**
 * The fields that each write is to say when it goes out again: the latest of the failed ones that speaks of a field tells it. Only the
 * fields of a person are told apart; an address or a bank account is written as the last write says.
 */
export function sharedOut(
  failed: readonly PartWrite[],
  unwritten: readonly string[],
): Map<PartWrite, PartFields> {
  const left = new Set(unwritten);
  const shares = new Map<PartWrite, PartFields>();
  for (const write of failed.toReversed()) {
    const own = fieldsTogether(write.part.kind, write.patch)
      .filter((together) => together.some((field) => left.has(field)))
      .flat();
    const isWhole = write.part.kind !== 'contact';
    const spoken = own.flatMap((field) => fieldsOfUnit(write, field));
    for (const field of isWhole && own.length > 0 ? [...left] : spoken) left.delete(field);
    shares.set(write, Object.fromEntries(own.map((field) => [field, write.patch[field] ?? null])));
  }
  return shares;
}

/** What the part was to say after all of the writes. */
function meantBy(failed: readonly PartWrite[], told: readonly string[] | undefined): PartFields {
  const patches = failed.map(({ patch }) => patch);
  if (failed[0]?.part.kind !== 'contact') return patches.at(-1) ?? {};
  const meant = Object.entries(Object.assign({}, ...patches) as PartFields);
  return Object.fromEntries(meant.filter(([field]) => told?.includes(field) ?? true));
}

function partWith(
  own: readonly SourcePart[],
  { kind, exactId }: { readonly kind: SourcePart['kind']; readonly exactId: string },
): SourcePart | undefined {
  return own.find((part) => part.kind === kind && part.exactId === exactId);
}

interface Meant {
  readonly kind: SourcePart['kind'];
  readonly meant: PartFields;
}

function madeMeanwhile(own: readonly SourcePart[], { kind, meant }: Meant): SourcePart | undefined {
  const ofKind = own.filter((part) => part.kind === kind && isShared(part));
  if (kind === 'bank-account')
    return ofKind.find(({ fields }) => bankNumberOf(fields) === bankNumberOf(meant));
  if (kind === 'address') return ofKind.find(({ fields }) => fields['type'] === meant['type']);
  return ofKind.find(({ fields }) => partUnits.contact.every((unit) => agrees(unit, fields, meant)));
}

/** The part as it was to become: who somebody is, is told by what it says and by what it was to say. */
function asMeant(
  { administrationId, sourceRelationId, part: { kind, exactId } }: PartWrite,
  { meant, there }: { readonly meant: PartFields; readonly there: SourcePart | undefined },
): SourcePart {
  const fields = { ...there?.fields, ...meant };
  return {
    ...{ administrationId, sourceRelationId, kind, exactId: exactId ?? '', fields },
    base: there?.fields ?? null,
  };
}

/** The part of another account that is the same thing. A blocked bank account brings its number to none. */
function sameIn(
  other: readonly SourcePart[],
  { wanted, own }: { readonly wanted: SourcePart; readonly own: readonly SourcePart[] },
): SourcePart | undefined {
  if (wanted.kind !== 'bank-account') return counterpartOf(wanted, { own, other });
  const number = bankNumberOf({ number: wanted.fields['number'] ?? null });
  const said = other.filter(({ kind }) => kind === wanted.kind);
  return number === '' ? undefined : said.find(({ fields }) => saidNumber(fields) === number);
}

/** Whether the part says it already; of a bank account also whose it is. */
function isThere(unit: PartUnit, { kind, fields }: SourcePart, meant: PartFields): boolean {
  const beside = kind === 'contact' ? [] : Object.keys(meant).filter((field) => !unit.fields.includes(field));
  return (
    agrees(unit, fields, meant) && beside.every((field) => squeezed(fields[field]) === squeezed(meant[field]))
  );
}

/** The meant fields of the units; of an address or bank account all that goes with them. */
function fieldsOf(kind: SourcePart['kind'], meant: PartFields, units: readonly PartUnit[]): PartFields {
  if (units.length === 0) return {};
  if (kind !== 'contact') return meant;
  const fields = new Set(units.flatMap((unit) => unit.fields));
  return Object.fromEntries(Object.entries(meant).filter(([field]) => fields.has(field)));
}

function fieldsOfUnit({ part: { kind } }: PartWrite, field: string): readonly string[] {
  return partUnits[kind].find((unit) => unit.fields.includes(field))?.fields ?? [field];
}
