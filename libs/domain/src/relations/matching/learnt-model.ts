import type { NameModel } from './name-model.js';
import type { Released } from './release.js';
import type { AsideGround } from './learn-aside.js';
import { matcherVersion } from './matcher-version.js';

/**
 * What a comparison of everything has learnt of names, as a value: plain JSON, to be stored, and given to later
 * comparisons, so that one record alone gets the verdict it would get among all. Some 10 bytes per word that two names share.
 */
export interface LearntModel {
  /** The matcher that learnt it; another version's model says nothing. */
  readonly version: string;
  /** Different names among the records; 0 when there were too few to learn from. */
  readonly stems: number;
  /** In how many different names a word occurs; words of one name are left out. */
  readonly words: Readonly<Record<string, number>>;
  /** Words that tell the companies of a group apart, in alphabetical order. */
  readonly groupWords: readonly string[];
  /** Questions that a person's answers have made needless. */
  readonly released: Released;
  /** How many parties were found not to be one, by the kind of question that this has set aside. */
  readonly answers: Readonly<Record<string, number>>;
  /** What answers that come later are weighed by (learn-aside.ts). */
  readonly aside: AsideGround;
}

/** Nothing learnt: the built-in lists speak alone. */
export const nothingLearnt: LearntModel = {
  version: matcherVersion,
  stems: 0,
  words: {},
  groupWords: [],
  released: {},
  answers: {},
  aside: { certain: 0, free: {} },
};

/** The value of what was learnt. */
export function toLearntModel(
  { stems, counts }: { readonly stems: number; readonly counts: ReadonlyMap<string, number> },
  groupWords: ReadonlySet<string>,
): LearntModel {
  const words = Object.fromEntries([...counts].sort(byWord));
  return {
    version: matcherVersion,
    stems,
    words,
    groupWords: [...groupWords].sort(),
    released: {},
    answers: {},
    aside: nothingLearnt.aside,
  };
}

function byWord([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return one < other ? -1 : 1;
}

const nameModels = new WeakMap<LearntModel, NameModel>();

/** How usual words are, by a model. A word that the model leaves out occurs in one name at most, which weighs the same as none. */
export function nameModelOf(model: LearntModel): NameModel {
  let nameModel = nameModels.get(model);
  if (!nameModel) {
    const counts = new Map(Object.entries(model.words));
    nameModel = { stems: model.stems, stemsWith: (word) => counts.get(word) ?? 0 };
    nameModels.set(model, nameModel);
  }
  return nameModel;
}

const setsOfGroupWords = new WeakMap<LearntModel, ReadonlySet<string>>();

/** The words that tell the companies of a group apart; one set per model, since every record that is read asks for it. */
export function groupWordsOf(model: LearntModel): ReadonlySet<string> {
  let words = setsOfGroupWords.get(model);
  if (!words) setsOfGroupWords.set(model, (words = new Set(model.groupWords)));
  return words;
}

/** Reads a stored model; undefined for another version's, or what is no model at all. */
export function readLearntModel(stored: unknown): LearntModel | undefined {
  return isModel(stored) && stored.version === matcherVersion ? stored : undefined;
}

function isModel(stored: unknown): stored is LearntModel {
  if (typeof stored !== 'object' || stored === null) return false;
  const { version, stems, words, groupWords, released, answers, aside } = stored as Partial<
    Record<keyof LearntModel, unknown>
  >;
  return (
    typeof version === 'string' &&
    typeof stems === 'number' &&
    areNumbers(words) &&
    areNumbers(released) &&
    areNumbers(answers) &&
    typeof aside === 'object' &&
    aside !== null &&
    Array.isArray(groupWords) &&
    groupWords.every((word) => typeof word === 'string')
  );
}

function areNumbers(stored: unknown): boolean {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    Object.values(stored).every((value) => typeof value === 'number')
  );
}
