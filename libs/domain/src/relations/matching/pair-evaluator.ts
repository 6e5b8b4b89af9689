import { compareNames } from './compare-names.js';
import { evaluateNamed, type Evaluation, type Knowledge } from './evaluate.js';
import type { Features } from './features.js';
import { haveFewTies } from './few-ties.js';
import type { RecordTable } from './record-table.js';

const recentMax = 128;

/** Evaluates pairs of records by their positions (i < j) in a table that is sorted by id. */
export class PairEvaluator {
  readonly #recent: RecentRecords;

  constructor(
    private readonly records: RecordTable,
    private readonly knowledge: Knowledge,
  ) {
    this.#recent = new RecentRecords(records);
  }

  evaluate(i: number, j: number): Evaluation {
    const [a, b] = [this.#recent.at(i), this.#recent.at(j)];
    const name = compareNames(a.names, b.names, this.knowledge.nameModel);
    return evaluateNamed(a, b, { name, knowledge: this.knowledge });
  }

  /** As `evaluate`, or null where it is plain without weighing that the two are separate. */
  evaluateUnlessHopeless(i: number, j: number): Evaluation | null {
    const { records, knowledge } = this;
    const mayBeHopeless = knowledge.rules.schema.hopeless === 'other-names-with-few-ties';
    if (!mayBeHopeless || !haveFewTies(records, i, j)) return this.evaluate(i, j);
    const [a, b] = [this.#recent.at(i), this.#recent.at(j)];
    const name = compareNames(a.names, b.names, knowledge.nameModel);
    const isJudged = knowledge.judgements.verdictOn(a.id, b.id) !== null;
    if (name.level === 'different' && !isJudged) return null;
    return evaluateNamed(a, b, { name, knowledge });
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
