import type { Issue } from '../../issues/index.js';
import { willBeWritten } from '../write-planner.js';
import { accountsWithout, bankAccountWith } from './bank-numbers.js';
import { othersOf, partWrite, type PartsOfRelation } from './parts-of-relation.js';
import { agrees, bankNumberOf, squeezed, type PartUnit } from './part-units.js';
import { expectedFields, type PlannedPartWrite } from './plan-part-writes.js';
import { questionKey } from './question-key.js';
import type { PartFields, SourcePart } from './source-part.js';

/** A change that a person said is right. */
export interface Approval {
  readonly part: SourcePart;
  readonly found: PartsOfRelation;
  readonly unit: PartUnit;
}

/** The writes that bring it to the other accounts. `was`: the bank account number that it takes the place of. */
export function approvedWrites(approval: Approval & { readonly was: string }): PlannedPartWrite[] {
  const { part, found, unit } = approval;
  const writes = part.kind === 'bank-account' ? bankWrites(approval) : otherWrites(part, found, unit);
  return writes.filter(({ member }) => willBeWritten(member, found.administrations));
}

function otherWrites(part: SourcePart, found: PartsOfRelation, unit: PartUnit): PlannedPartWrite[] {
  return othersOf(part, found)
    .filter((side) => side.part && !agrees(unit, side.expected, part.fields))
    .map((side) => partWrite(part, { found, side, units: [unit] }));
}

/** The account that has the number of before gets the new one in its place; others get it beside what they have. */
function bankWrites({ part, found, was }: Approval & { readonly was: string }): PlannedPartWrite[] {
  const number = bankNumberOf(part.fields);
  return accountsWithout(part, found).map((member) => {
    const before = bankAccountWith(was, member, found);
    return {
      member,
      relationId: found.relation.id,
      kind: part.kind,
      part: before ?? null,
      expected: before ? expectedFields(before, found.open) : {},
      patch: { number, ...filled(part.fields, ['bic', 'holder']) },
    };
  });
}

/** Empty never wins over filled (product.md 3.13). */
function filled(fields: PartFields, names: readonly string[]): PartFields {
  const said = names.filter((name) => squeezed(fields[name]) !== '');
  return Object.fromEntries(said.map((name) => [name, fields[name] ?? null]));
}

/** The issue itself, and those that the other sides have about the same. */
export function settledKeys(issue: Issue, { part, found, unit }: Approval): string[] {
  const others = part.kind === 'bank-account' ? withSameNumber(part, found) : othersOf(part, found);
  const keys = others.flatMap((side) => (side.part ? [questionKey(side.part, unit)] : []));
  return [issue.causeKey, ...keys];
}

function withSameNumber(part: SourcePart, found: PartsOfRelation) {
  const number = bankNumberOf(part.fields);
  const parts = [...found.parts.values()].flat().filter(({ kind }) => kind === 'bank-account');
  return parts.filter(({ fields }) => bankNumberOf(fields) === number).map((each) => ({ part: each }));
}
