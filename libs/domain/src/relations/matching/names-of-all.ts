import { sharedKey, sharedValuesOf } from './exclusivity.js';
import type { Features } from './features.js';
import { blockMax, GroupVotes, isOneOwner } from './group-words.js';
import { hashText } from './hash-text.js';
import { IntList } from './int-list.js';
import type { LearntModel } from './learnt-model.js';
import type { MatchRecord } from './match-record.js';
import { namesMin } from './name-model.js';
import { NumberList } from './number-list.js';
import { relationRules } from './rules/relation-rules.js';
import { vatKinds } from './table-row.js';
import { TextTable } from './text-table.js';

/** What records teach of names. */
export type LearntNames = Pick<LearntModel, 'stems' | 'words' | 'groupWords'>;

/** Names or values between two turns of `learn`. */
const perTurn = 500;
const kinds = vatKinds.length + 1;

/**
 * What all records teach of names, in a hundred bytes each: as `prepareBatch` learns it of records that are compared with each other, for
 * more of them than can be. Records come one after the other, by id.
 */
export class NamesOfAll {
  /** Different names; a person's are known by a mark. */
  readonly #stems = new TextTable();
  readonly #persons = new Set<number>();
  /** Per record the number of its first name, negative for a person, and hashes of its KvK and VAT number; 0 without one. */
  readonly #names = new IntList();
  readonly #kvks = new NumberList();
  readonly #vats = new NumberList();
  /** Hashes of the values that records may share, and who has them. */
  readonly #values = new NumberList();
  readonly #users = new IntList();

  /** Adds a record, and gives its candidate keys: it is normalised for both. */
  add(record: MatchRecord): number[] {
    const features = relationRules.toFeatures(record);
    const [first] = features.names;
    for (const { stem, person } of features.names) {
      const id = this.#stems.idOf(stem);
      if (person) this.#persons.add(id);
    }
    if (first) this.#addUser(features, this.#stems.idOf(first.stem) * (first.person ? -1 : 1));
    return relationRules.keysOf(features);
  }

  /** What they teach; stands still now and then, for others to have their turn. */
  *learn(): Generator<void, LearntNames> {
    const votes = new GroupVotes();
    let looked = 0;
    for (const users of this.#sharing()) {
      for (let x = 1; x < Math.min(users.length, blockMax); x++)
        for (let y = 0; y < x; y++) this.#vote(votes, users[y] ?? 0, users[x] ?? 0);
      if (++looked % perTurn === 0) yield;
    }
    const groupWords = votes.words(this.#stems.size - 1); // without the empty one
    const names = new Set<string>();
    const counts = new Map<string, number>();
    for (let id = 1; id < this.#stems.size; id++) {
      const { core, stem } = this.#regrouped(id, groupWords);
      if (!names.has(stem)) for (const word of new Set(core)) counts.set(word, (counts.get(word) ?? 0) + 1);
      names.add(stem);
      if (id % perTurn === 0) yield;
    }
    const isEnough = names.size >= namesMin;
    const shared = [...counts].filter(([, count]) => isEnough && count > 1);
    return {
      stems: isEnough ? names.size : 0,
      words: Object.fromEntries(shared.sort(([one], [other]) => (one < other ? -1 : 1))),
      groupWords: [...groupWords].sort(),
    };
  }

  #addUser(features: Features, name: number): void {
    const { kvk, vat } = features;
    const user = this.#names.length;
    this.#names.push(name);
    this.#kvks.push(kvk ? hashText(kvk) : 0);
    this.#vats.push(
      vat ? Math.floor(hashText(vat.root) / kinds) * kinds + vatKinds.indexOf(vat.kind) + 1 : 0,
    );
    for (const { kind, value } of sharedValuesOf(features)) {
      if (kind === 'kvk') continue; // one number is one company: it tells nobody apart
      this.#values.push(hashText(sharedKey(kind, value)));
      this.#users.push(user);
    }
  }

  /** Who shares a value, value by value, in the order in which they were added: sorted by counting, by the last bits. */
  *#sharing(): Generator<readonly number[]> {
    const count = this.#users.length;
    const places = 2 ** Math.ceil(Math.log2(count + 1));
    const ends = new Int32Array(places + 1);
    for (let use = 0; use < count; use++) ends[(this.#values.at(use) % places) + 1]!++;
    for (let place = 0; place < places; place++) ends[place + 1]! += ends[place] ?? 0;
    const next = ends.slice(0, places);
    const uses = new Int32Array(count);
    for (let use = 0; use < count; use++) uses[next[this.#values.at(use) % places]!++] = use;
    for (let place = 0; place < places; place++) {
      const here = uses.subarray(ends[place], ends[place + 1]);
      if (here.length < 2) continue;
      for (const same of Map.groupBy(here, (use) => this.#values.at(use)).values())
        if (same.length > 1) yield same.map((use) => this.#users.values[use] ?? 0);
    }
  }

  #vote(votes: GroupVotes, one: number, other: number): void {
    const [a, b] = [this.#names.values[one] ?? 0, this.#names.values[other] ?? 0];
    if (a <= 0 || b <= 0 || a === b) return;
    const isSame = this.#isOneOwner(one, other);
    if (isSame !== null)
      votes.add(partsOf(this.#stems.textOf(a)).core, partsOf(this.#stems.textOf(b)).core, isSame);
  }

  #isOneOwner(one: number, other: number): boolean | null {
    const isEqual = (numbers: NumberList): boolean | null => {
      const [a, b] = [numbers.at(one), numbers.at(other)];
      return a !== 0 && b !== 0 ? a === b : null;
    };
    const isOneKind = this.#vats.at(one) % kinds === this.#vats.at(other) % kinds;
    return isOneOwner(isEqual(this.#kvks), isOneKind ? isEqual(this.#vats) : null);
  }

  /** A name as `regroup` reads it. */
  #regrouped(
    id: number,
    groupWords: ReadonlySet<string>,
  ): { readonly core: readonly string[]; readonly stem: string } {
    const stem = this.#stems.textOf(id);
    const { core, rest } = partsOf(stem);
    const own = core.filter((word) => !groupWords.has(word));
    if (own.length === 0 || own.length === core.length || this.#persons.has(id)) return { core, stem };
    const taken = core.filter((word) => groupWords.has(word));
    return { core: own, stem: `${own.join(' ')} ~${taken.join('+')}${rest}` };
  }
}

/** The words of a stem, and what stands behind them: group words and a numeral. */
function partsOf(stem: string): { readonly core: readonly string[]; readonly rest: string } {
  const end = stem.search(/ [~#]/);
  const words = end < 0 ? stem : stem.slice(0, end);
  return { core: words.split(' '), rest: end < 0 ? '' : stem.slice(end) };
}
