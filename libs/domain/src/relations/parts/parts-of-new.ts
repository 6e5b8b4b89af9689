import type { RelationId } from '../../kernel/index.js';
import type { LinkedMember } from '../members.js';
import { isShared, nameKey, personalEmail } from './counterpart.js';
import { sharesPart } from './parts-of-relation.js';
import { partUnits, patchOf, spellingOf, squeezed } from './part-units.js';
import type { PlannedPartWrite } from './plan-part-writes.js';
import type { PartFields, SourcePart } from './source-part.js';

/** Persons that a new account begins with; who has more is looked up where they stand. */
const personsMax = 20;

export interface NewAccountParts {
  readonly relationId: RelationId;
  /** The account that was made. */
  readonly made: LinkedMember;
  /** Present parts of the other accounts of its relation, those of the first administration first. */
  readonly parts: readonly SourcePart[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

/**
 * What an account that was made for a relation begins with beside its own values (product.md 3.4): the postal and the invoice address, and
 * every contact person once, who is main contact somewhere first: Exact makes the first one that. No bank account: its number goes nowhere
 * before a person approved it (3.3), nor an address where the administration keeps these to itself.
 */
export function partsOfNew({ relationId, made, parts, today }: NewAccountParts): PlannedPartWrite[] {
  const shared = parts.filter(isShared);
  const addresses = sharesPart(made, { kind: 'address' }) ? addressesOf(shared) : [];
  return [...addresses, ...personsOf(shared, today)].map(({ kind, fields }) => ({
    ...{ member: made, relationId, kind, part: null, expected: {} },
    patch: kind === 'address' ? addressPatch(fields) : personPatch(fields),
  }));
}

/** The first that says something, of each type. */
function addressesOf(shared: readonly SourcePart[]): SourcePart[] {
  const [unit] = partUnits.address;
  const said = shared.filter(
    ({ kind, fields }) => kind === 'address' && unit && spellingOf(unit, fields) !== '',
  );
  const firsts = new Map<PartFields[string], SourcePart>();
  for (const address of said) {
    const type = address.fields['type'] ?? null;
    if (!firsts.has(type)) firsts.set(type, address);
  }
  return [...firsts.values()];
}

function addressPatch(fields: PartFields): PartFields {
  const patches = partUnits.address.map((unit) => patchOf(unit, fields));
  return { ...Object.assign({}, ...patches), type: fields['type'] ?? null } as PartFields;
}

/** Each once, by full name or personal e-mail address, and nobody who has left. */
function personsOf(shared: readonly SourcePart[], today: string): SourcePart[] {
  const met = new Set<string>();
  const persons: SourcePart[] = [];
  const isMain = ({ fields }: SourcePart) => fields['isMain'] === true;
  for (const person of shared
    .filter(({ kind }) => kind === 'contact')
    .sort((one, other) => Number(isMain(other)) - Number(isMain(one)))) {
    const { fields } = person;
    const keys = [nameKey(fields), personalEmail(fields)].filter((key) => key !== '');
    const { endsOn } = fields;
    const hasLeft = typeof endsOn === 'string' && endsOn.slice(0, today.length) < today;
    if (hasLeft || lastNameOf(fields) === '' || keys.some((key) => met.has(key))) continue;
    for (const key of keys) met.add(key);
    persons.push(person);
  }
  return persons.slice(0, personsMax);
}

function personPatch(fields: PartFields): PartFields {
  const patches = partUnits.contact.map((unit) => patchOf(unit, fields));
  const said = { ...(Object.assign({}, ...patches) as PartFields), lastName: lastNameOf(fields) };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== ''));
}

/** Exact asks for one (exact-online.md 4.3). */
function lastNameOf(fields: PartFields): string {
  return squeezed(fields['lastName']) || squeezed(fields['fullName']);
}
