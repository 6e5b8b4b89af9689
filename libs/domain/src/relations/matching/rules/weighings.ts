import type { Comparison } from '../compare.js';
import { sharedByTooMany } from '../shared-by-too-many.js';
import type { Tally } from '../tally.js';
import type { EvidenceRule, RelationSchema } from './relation-schema-type.js';
import { crowdedValues, hasAnyTie } from './ties.js';

/** Adds what a piece of evidence weighs. `stems`: how many different names the records have (0: unknown). */
export type Weigh = (c: Comparison, stems: number, out: Tally) => void;

/** Makes the weighing of a piece of evidence. */
type MakeWeigh = (rule: EvidenceRule, schema: RelationSchema) => Weigh;

/** Just the bits that stand there. */
export const plainWeight: MakeWeigh =
  ({ reason, bits }) =>
  (_c, _stems, out) =>
    out.add(reason, bits);

/** Ways to weigh, by the names that a schema gives them. */
export const weighings: Readonly<Record<string, MakeWeigh>> = {
  words: byWords,
  sharers: bySharers,
  'users-of-iban': byUsers((c) => c.ibanStems),
  'users-of-email': byUsers(({ a, b }) => Math.max(a.shared.mail, b.shared.mail)),
  'users-of-domain': byUsers(({ a, b }) => Math.max(a.shared.domain, b.shared.domain)),
  'users-of-address': byUsers(({ a, b }) => Math.max(a.shared.address, b.shared.address)),
  'users-of-phone': byUsers(({ a, b }) => Math.max(a.shared.phone, b.shared.phone)),
};

const crowdFrom = 2048;

// Among a million names the same name turns up by chance a thousand times as often as among a thousand.
function crowdBits(stems: number): number {
  return Math.max(0, Math.log2(Math.max(1, stems) / crowdFrom));
}

function byWords({ reason, bits, share = 1 }: EvidenceRule, { nameBitsMax }: RelationSchema): Weigh {
  return (c, stems, out) => {
    const told = Math.min(c.name.bits - (hasAnyTie(c) ? 0 : crowdBits(stems)), nameBitsMax);
    out.add(reason, told * share + bits);
  };
}

// Of the many who share a value hardly two have one name: then the value tells something all the same.
function bySharers({ reason, bits }: EvidenceRule, { sharersBonus }: RelationSchema): Weigh {
  return (c, _stems, out) => out.add(reason, bits + (crowdedValues(c) - 1) * sharersBonus);
}

function byUsers(usersOf: (c: Comparison) => number): MakeWeigh {
  return ({ reason, bits }, { bitsPerDoubling }) => {
    const crowded = `${reason}-shared`;
    return (c, _stems, out) => {
      const users = usersOf(c);
      const isCrowded = users >= sharedByTooMany;
      out.add(isCrowded ? crowded : reason, exclusiveWeight(bits, users, bitsPerDoubling));
    };
  };
}

/** What a value that `users` names use is worth: less with every doubling, nothing from three names on. */
export function exclusiveWeight(bits: number, users: number, perDoubling: number): number {
  return users >= sharedByTooMany ? 0 : bits - perDoubling * Math.log2(Math.max(1, users));
}
