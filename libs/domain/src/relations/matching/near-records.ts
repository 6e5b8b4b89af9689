import { applyShared, countStems, sharedKey, sharedValuesOf } from './exclusivity.js';
import { evaluate, type Evaluation } from './evaluate.js';
import { explain } from './explain.js';
import type { Features } from './features.js';
import { indexJudgements } from './judgements.js';
import { groupWordsOf, nameModelOf, type LearntModel } from './learnt-model.js';
import type { Judgement, MatchContext, MatchRecord, PairVerdict } from './match-record.js';
import { Recent } from './recent.js';
import { regroup } from './regroup.js';
import { relationRules } from './rules/relation-rules.js';
import { isRegistered } from './rules/ties.js';

/** One record among those that it may be the same as. */
export interface NearLook {
  /** Those whose band is not `separate`, or that answers have set aside; the best first, ties by id. */
  readonly verdicts: readonly PairVerdict[];
  /** Ids of candidates that something speaks against. */
  readonly vetoed: ReadonlySet<string>;
  /** Ids of candidates that are certain but for another one, which one of the two may be as well and the other may not (C07). */
  readonly contested: ReadonlySet<string>;
}

/** Which records a record is tied to, and by what. */
export interface NearTies {
  /** Ids of those with whom it is automatic or a question, also one that answers have set aside. */
  readonly tied: readonly string[];
  /** How many names use those of its values that several use; by `sharedKey`. */
  readonly shared: readonly (readonly [string, number])[];
}

type StemsUsing = NonNullable<MatchContext['stemsUsing']>;

interface Found {
  readonly candidate: MatchRecord;
  readonly evaluation: Evaluation;
}

interface Surroundings {
  readonly candidates: readonly MatchRecord[];
  /** All that share a key with the record, candidates or not: by them it is seen how many names use a value. */
  readonly around: readonly MatchRecord[];
  readonly judgements: readonly Judgement[];
}

/**
 * Compares records that come up for one another: as `compareOne`, but each record is normalised once for all looks, and only
 * what is worth a look is put into words.
 */
export class NearRecords {
  readonly #features: Recent<string, Features>;

  /** `keptMax`: of so many records the normalised form is kept, some three kilobytes each. */
  constructor(
    private readonly learnt: LearntModel,
    keptMax = Infinity,
  ) {
    this.#features = new Recent(keptMax);
  }

  /** Compares a record with its candidates. */
  lookAt(record: MatchRecord, surroundings: Surroundings): NearLook {
    const verdicts: PairVerdict[] = [];
    const vetoed = new Set<string>();
    const stemsUsing = this.#stemsAmong([record, ...surroundings.around]);
    const found = [...this.#evaluate(record, surroundings, stemsUsing)];
    for (const { candidate, evaluation } of found) {
      if (evaluation.vetoes.length > 0) vetoed.add(candidate.id);
      if (evaluation.band !== 'separate') verdicts.push(explain(evaluation));
    }
    verdicts.sort((one, other) => other.score - one.score || (one.a + one.b < other.a + other.b ? -1 : 1));
    return { verdicts, vetoed, contested: this.#contestedOf(found, surroundings, stemsUsing) };
  }

  /** Which of its candidates the record is tied to. */
  tiesOf(record: MatchRecord, surroundings: Surroundings): NearTies {
    const tied: string[] = [];
    const stemsUsing = this.#stemsAmong([record, ...surroundings.around]);
    for (const { candidate, evaluation } of this.#evaluate(record, surroundings, stemsUsing))
      if (evaluation.band !== 'separate') tied.push(candidate.id);
    const shared = sharedValuesOf(this.#featuresOf(record))
      .map(({ kind, value }): [string, number] => [sharedKey(kind, value), stemsUsing(kind, value)])
      .filter(([, count]) => count > 1);
    return { tied, shared };
  }

  /** As `contestedEdges` says of all records: by what the candidates are to each other. */
  #contestedOf(
    found: readonly Found[],
    { judgements }: Surroundings,
    stemsUsing: StemsUsing,
  ): ReadonlySet<string> {
    const contested = new Set<string>();
    for (const end of found) {
      if (!mayBeContested(end.evaluation)) continue;
      const rivals = found.filter(
        (other) => other !== end && (isEdge(other.evaluation) || contradicts(other.evaluation)),
      );
      const candidates = rivals.map(({ candidate }) => candidate);
      const beside = [...this.#evaluate(end.candidate, { candidates, judgements }, stemsUsing)];
      const isRival = ({ evaluation: toRecord }: Found, at: number): boolean => {
        const toEnd = beside[at]?.evaluation;
        if (!toEnd) return false;
        return (isEdge(toRecord) && contradicts(toEnd)) || (isEdge(toEnd) && contradicts(toRecord));
      };
      if (rivals.some(isRival)) contested.add(end.candidate.id);
    }
    return contested;
  }

  *#evaluate(
    record: MatchRecord,
    { candidates, judgements }: Pick<Surroundings, 'candidates' | 'judgements'>,
    stemsUsing: StemsUsing,
  ): Generator<Found> {
    const knowledge = {
      rules: relationRules,
      judgements: indexJudgements(judgements),
      nameModel: nameModelOf(this.learnt),
      released: this.learnt.released,
      answers: this.learnt.answers,
    };
    const features = applyShared(this.#featuresOf(record), stemsUsing);
    for (const candidate of candidates) {
      if (candidate.id === record.id) continue;
      const other = applyShared(this.#featuresOf(candidate), stemsUsing);
      yield { candidate, evaluation: evaluate(features, other, knowledge) };
    }
  }

  #featuresOf(record: MatchRecord): Features {
    let features = this.#features.get(record.id);
    if (!features) {
      features = relationRules.toFeatures(record);
      regroup(features, groupWordsOf(this.learnt));
      this.#features.set(record.id, features);
    }
    return features;
  }

  /** How many different names use a value among these records; counted when somebody asks. */
  #stemsAmong(records: readonly MatchRecord[]): StemsUsing {
    const stems = new Map<string, Set<string>>();
    for (const record of records)
      for (const { kind, value, stem } of sharedValuesOf(this.#featuresOf(record))) {
        const key = sharedKey(kind, value);
        const known = stems.get(key);
        if (known) known.add(stem);
        else stems.set(key, new Set([stem]));
      }
    const counts = new Map<string, number>();
    return (kind, value) => {
      const key = sharedKey(kind, value);
      const count = counts.get(key) ?? Math.max(1, countStems(stems.get(key) ?? []));
      counts.set(key, count);
      return count;
    };
  }
}

/** Certain, but by no registration number, of which no other candidate can fit better, nor by a person's word; and no double. */
function mayBeContested({ band, comparison: c, isJudgedSame }: Evaluation): boolean {
  const isDouble = c.a.administrationId === c.b.administrationId;
  return band === 'automatic' && !isJudgedSame && !isDouble && !isRegistered(c);
}

function isEdge({ band, vetoes, isJudgedSame }: Evaluation): boolean {
  return band !== 'separate' && (vetoes.length === 0 || isJudgedSame);
}

function contradicts({ vetoes, comparison: { kvk, form } }: Evaluation): boolean {
  return vetoes.length > 0 || kvk === 'near' || form === 'different';
}
