/**
 * How a field is read and compared:
 * name: a person's given name or surname, one word or a few; words: names of organisations, streets, free text;
 * date: a date in any order of digits (years of four); code: an identifier that is right or has a slip of the pen;
 * number: a house number or another count, equal or not; category: a state, a gender, a type; phone, email, website.
 */
export type FieldKind =
  'name' | 'words' | 'date' | 'code' | 'number' | 'category' | 'phone' | 'email' | 'website';

export interface SchemaField {
  readonly name: string;
  /** Columns of the input that make the field, joined by a blank. */
  readonly columns: readonly string[];
  readonly kind: FieldKind;
}

/**
 * What two records must not contradict each other in to be joined by themselves. They do where both state every one of the
 * fields and each agrees on a level below the one named (see `levelsOf`); of names, tussenvoegsels that one leaves out do not
 * count. With `initials`, the name of a field of initials, `fields` is one field of given names, and an initial fits a name that
 * begins with it.
 */
export interface NeverRule {
  readonly fields: readonly string[];
  readonly below: number;
  readonly initials?: string;
}

/**
 * What a record is made of, how candidates are found and what belongs together. Data, not code: a file of JSON describes
 * persons, restaurants or schools as well as relations. Nothing in it is learnt from labels.
 */
export interface MatchSchema {
  readonly name: string;
  readonly version: number;
  /** Column with the unique id of a record. */
  readonly id: string;
  /** Column with the source of a record; absent when there is only one. */
  readonly source?: string;
  readonly fields: readonly SchemaField[];
  /**
   * Candidate keys: two records are compared when all parts of one key agree. A part is a field name, or a name with
   * how it is shortened: `surname:sound` (consonants), `surname:4` (first letters), `dob:year`, `title:rarest` (the
   * rarest word), `title:sorted` (all words in alphabetical order), `phone:last7`. Absent: made from the kinds.
   */
  readonly keys?: readonly (readonly string[])[];
  /** Fields that say nearly the same (address and postcode): the strongest counts and the others add a little. */
  readonly families?: readonly (readonly string[])[];
  /** Pairs of fields that people fill in the wrong way round (given name and surname). */
  readonly swaps?: readonly (readonly [string, string])[];
  /** Pairs that break one of these keep their score, but are a question at most, also as members of two groups. */
  readonly never?: readonly NeverRule[];
  /** `one`: a cluster has at most one record of a source that is free of doubles. Default `any`. */
  readonly perSource?: 'any' | 'one';
}
