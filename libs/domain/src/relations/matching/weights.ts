/**
 * Weights in bits: log2 of how much more often a level occurs between records of one relation than between strangers that
 * share a candidate key. Built in, so that two administrations of thirty relations work as well as fifty of thousands.
 */
export const weights = {
  prior: -11,
  kvk: { equal: 20, near: -4, different: -16 },
  vat: { equal: 16, suffix: 9, different: -14, 'equal-in-group': 4 },
  rsin: { equal: 16, different: -14 },
  iban: { equal: 12 },
  mail: { equal: 11 },
  domain: { equal: 8, different: -1 },
  phone: { equal: 10, different: -0.7 },
  address: { same: 12, addition: 8, near: 6, area: 2, elsewhere: -4, unknown: 0 },
  form: { equal: 1, unstated: 0, implied: -2, different: -10, incompatible: -10 },
  name: {
    max: 17,
    different: -9,
    typo: -1,
    initials: -1,
    'contained-share': 0.6,
    'contained-full': -3,
    'similar-share': 0.3,
    'similar-off': -3,
  },
  /** One name among many who share a value. */
  sharers: 7,
  group: { different: -8 },
  numeral: { different: -8 },
  place: { same: 2, unsure: -3, elsewhere: -8 },
  code: { equal: 1 },
  /** What a second and further member of an evidence family adds; they depend on each other, so never the sum. */
  familyBonus: 1.5,
  /** The same for address and phone, which depend on each other less: a phone moves along or is somebody's own. */
  siteBonus: 2.5,
  /** A value used by n stems loses this times log2(n). */
  perDoublingOfStems: 3,
} as const;

/** From this score on (p = .996) a pair may be automatic, if its kind of proof allows it. */
export const automaticFrom = 8;

/** From this score on a pair is worth a question. */
export const askFrom = 1;

/** From this score on two records are more likely one than not, if nobody can be asked. */
export const finalFrom = 2;

/** Changes with every change of weights, lists or rules, and is stored with every verdict. */
export const matcherVersion = '2.8.0';
