import {
  candidateKeys,
  compareOne,
  countStems,
  sharedKey,
  sharedValues,
  type MatchContext,
  type MatchRecord,
} from '@koppel/domain/matching';
import { dutchGroups } from '../dutch-groups/generate.js';
import { toMatchRecord } from '../dutch-groups/to-match-record.js';

export interface IncrementalFigures {
  /** 95 of 100 single relations are compared within this many milliseconds. */
  readonly p95Ms: number;
  readonly comparedPerRelation: number;
  readonly seconds: number;
}

const candidatesPerKeyMax = 40;

/**
 * Compares `added` relations, one by one, with the candidates among `known` ones that their keys bring up: the engine
 * alone, with the keys and the stems of shared values in memory where the product asks its database.
 */
export function benchIncremental(known: number, added: number, seed: number): IncrementalFigures {
  const store = new Store();
  const milliseconds: number[] = [];
  let compared = 0;
  let place = 0;
  for (const row of dutchGroups({ rows: known + added, seed })) {
    const record = toMatchRecord(row);
    if (place++ < known) {
      store.add(record);
      continue;
    }
    const startedAt = performance.now();
    const candidates = store.candidatesOf(record);
    compareOne(record, candidates, store.context);
    milliseconds.push(performance.now() - startedAt);
    compared += candidates.length;
    store.add(record);
  }
  const sum = milliseconds.reduce((total, each) => total + each, 0);
  const p95Ms = milliseconds.toSorted((one, other) => one - other)[Math.floor(added * 0.95)] ?? 0;
  return { p95Ms, comparedPerRelation: compared / added, seconds: sum / 1_000 };
}

class Store {
  readonly #byKey = new Map<number, MatchRecord[]>();
  readonly #stems = new Map<string, Set<string>>();
  readonly context: MatchContext = {
    stemsUsing: (kind, value) => Math.max(1, countStems(this.#stems.get(sharedKey(kind, value)) ?? [])),
  };

  add(record: MatchRecord): void {
    for (const key of candidateKeys(record)) {
      const records = this.#byKey.get(key);
      if (!records) this.#byKey.set(key, [record]);
      else if (records.length < candidatesPerKeyMax) records.push(record);
    }
    for (const { kind, value, stem } of sharedValues(record)) {
      const key = sharedKey(kind, value);
      const stems = this.#stems.get(key);
      if (stems) stems.add(stem);
      else this.#stems.set(key, new Set([stem]));
    }
  }

  candidatesOf(record: MatchRecord): MatchRecord[] {
    return [...new Set(candidateKeys(record).flatMap((key) => this.#byKey.get(key) ?? []))];
  }
}
