import { compareNames } from './compare-names.js';
import { evaluate, evaluateNamed, type Evaluation, type Knowledge } from './evaluate.js';
import type { Features } from './features.js';
import { haveFewTies } from './few-ties.js';
import type { RecordTable } from './record-table.js';

/** What clustering and the search for rivals must know of a pair, as bits of one number. */
export const pairFlag = {
  vetoed: 1,
  automatic: 2,
  asked: 4,
  judgedSame: 8,
  judgedDifferent: 16,
  kvkNear: 32,
  formDifferent: 64,
  /** One KvK or VAT number. */
  registered: 128,
  rsinEqual: 256,
  /** Only one of the names has a place, which may be that of a daughter, and no KvK number says otherwise. */
  placeUnsure: 512,
} as const;
/** The kind of question stands above the flags. */
export const kindShift = 10;

const slotsMin = 2 ** 10;
const slotsMax = 2 ** 22;
const slotsPerRecord = 8;
const recentMax = 128;

/**
 * Remembers the outcome of pairs that were evaluated, by the positions of their records: the same pairs come back when
 * rivals are sought and groups are joined. Bounded (75 MB at most): a newer pair takes the place of an older one, which is
 * evaluated again when it is asked for.
 */
export class PairMemory {
  readonly scores: Float64Array;
  readonly flags: Uint16Array;
  readonly #pairs: Float64Array;
  readonly #shift: number;
  readonly #recent: RecentRecords;

  constructor(
    private readonly records: RecordTable,
    private readonly knowledge: Knowledge,
  ) {
    const wanted = Math.min(slotsMax, Math.max(slotsMin, records.length * slotsPerRecord));
    const bits = Math.ceil(Math.log2(wanted));
    this.#shift = 32 - bits;
    this.#pairs = new Float64Array(2 ** bits).fill(-1);
    this.scores = new Float64Array(2 ** bits);
    this.flags = new Uint16Array(2 ** bits);
    this.#recent = new RecentRecords(records);
  }

  /** The place of a pair (i < j) in `scores` and `flags`, valid until the next call. */
  find(i: number, j: number): number {
    const place = this.#placeOf(i, j);
    if (this.#pairs[place] !== this.#pairOf(i, j)) this.#keep(place, { i, j }, evaluate(...this.#both(i, j)));
    return place;
  }

  /** As `find`, or -1 where it is plain without weighing that the two (i < j) are separate. */
  findUnlessHopeless(i: number, j: number): number {
    const place = this.#placeOf(i, j);
    if (this.#pairs[place] === this.#pairOf(i, j)) return place;
    const evaluation = this.#evaluateUnlessHopeless(i, j);
    if (!evaluation) return -1;
    this.#keep(place, { i, j }, evaluation);
    return place;
  }

  #evaluateUnlessHopeless(i: number, j: number): Evaluation | null {
    const { records, knowledge } = this;
    if (!haveFewTies(records, i, j)) return evaluate(...this.#both(i, j));
    const [a, b] = [this.#recent.at(i), this.#recent.at(j)];
    const name = compareNames(a.names, b.names, knowledge.nameModel);
    const isJudged = knowledge.judgements.verdictOn(a.id, b.id) !== null;
    if (name.level === 'different' && !isJudged) return null;
    return evaluateNamed(a, b, { name, knowledge });
  }

  #both(i: number, j: number): [Features, Features, Knowledge] {
    return [this.#recent.at(i), this.#recent.at(j), this.knowledge];
  }

  #keep(place: number, { i, j }: { i: number; j: number }, evaluation: Evaluation): void {
    this.#pairs[place] = this.#pairOf(i, j);
    this.scores[place] = evaluation.score;
    this.flags[place] = flagsOf(evaluation);
  }

  #pairOf(i: number, j: number): number {
    return i * this.records.length + j;
  }

  #placeOf(i: number, j: number): number {
    return (Math.imul(i, 0x9e3779b1) ^ Math.imul(j, 0x85ebca77)) >>> this.#shift;
  }
}

/** The records that were read last: those of one block are compared with one another. */
class RecentRecords {
  readonly #positions = new Int32Array(recentMax).fill(-1);
  readonly #features: Features[] = [];

  constructor(private readonly records: RecordTable) {}

  at(position: number): Features {
    const place = position % recentMax;
    const known = this.#features[place];
    if (known && this.#positions[place] === position) return known;
    const features = this.records.at(position);
    this.#positions[place] = position;
    this.#features[place] = features;
    return features;
  }
}

function flagsOf({ comparison: c, vetoes, band, holds, isJudgedSame, kind }: Evaluation): number {
  let flags = (kind << kindShift) | (vetoes.length > 0 ? pairFlag.vetoed : 0);
  if (band === 'automatic') flags |= pairFlag.automatic;
  if (band === 'ask') flags |= pairFlag.asked;
  if (isJudgedSame) flags |= pairFlag.judgedSame;
  if (vetoes[0] === 'veto-judged-different') flags |= pairFlag.judgedDifferent;
  if (c.kvk === 'near') flags |= pairFlag.kvkNear;
  if (c.form === 'different') flags |= pairFlag.formDifferent;
  if (c.kvk !== 'equal' && holds.includes('hold-place')) flags |= pairFlag.placeUnsure;
  if (c.kvk === 'equal' || c.vat === 'equal') flags |= pairFlag.registered;
  if (c.rsin === 'equal') flags |= pairFlag.rsinEqual;
  return flags;
}
