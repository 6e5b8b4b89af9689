/** What a relation may be made of. A schema that leaves one out does not look at it. */
export const relationFields = [
  'name',
  'kvk',
  'branch',
  'vat',
  'rsin',
  'iban',
  'email',
  'phone',
  'domain',
  'address',
  'code',
] as const;
export type RelationField = (typeof relationFields)[number];

/** A field: where it stands in a file, and the named rules that bring it into comparison form and compare it. */
export interface RelationFieldRules {
  readonly name: RelationField;
  /**
   * Columns of a file that it is read from, in this order: of a name the name and the kind, of an address street, house number,
   * postcode, town and country. None where it follows from other fields.
   */
  readonly columns: readonly string[];
  /** Named normalisers; the first that gives something counts. */
  readonly normalise: readonly string[];
  /** The named comparator; what it gives are levels, which conditions name. */
  readonly compare: string;
}

/** Two records are compared when they share a key. `as` keeps keys of different kinds apart. */
export interface RelationKeyRule {
  readonly rule: string;
  readonly field: RelationField;
  readonly as: string;
}

/**
 * Where a rule holds: everything under `when`, and nothing under `unless`. A condition is a level, `kvk:equal`, one of some
 * levels, `name:equal|typo`, or a named fact, `household`.
 */
export interface Conditions {
  readonly when?: readonly string[];
  readonly unless?: readonly string[];
}

/** What a level adds, in bits. `weigh` is a named way to weigh; plain bits without it. */
export interface EvidenceRule extends Conditions {
  /** A key of `reasonTexts`. */
  readonly reason: string;
  readonly bits: number;
  readonly weigh?: string;
  /** Of what a weighing by words gives, how much counts; 1 when absent. */
  readonly share?: number;
}

/** Evidence that goes together; a family when there is a `bonus`: its strongest member counts, each other one that at most. */
export interface EvidenceGroup extends Conditions {
  readonly name: string;
  readonly bonus?: number;
  readonly evidence: readonly EvidenceRule[];
}

/** What forbids a join; `asked` says when a person may be asked all the same: with one name, or always. */
export interface VetoRule extends Conditions {
  readonly veto: string;
  readonly asked?: 'with-one-name' | 'always';
}

/** A kind of proof; the first rule that holds decides. */
export interface ProofRule extends Conditions {
  readonly proof: string;
}

/** What makes a person look first. */
export interface HoldRule extends Conditions {
  readonly hold: string;
}

/**
 * How relations are matched, as data: fields, keys, evidence with weights, vetoes, proofs and bands. Names only; what they
 * stand for is in the registries beside this file. Weights are bits: log2 of how much more often a level occurs between
 * records of one relation than between strangers that share a candidate key.
 */
export interface RelationSchema {
  readonly engine: 'relation';
  readonly name: string;
  readonly version: number;
  /** Columns of a file with the unique id and the administration. */
  readonly id: string;
  readonly source: string;
  readonly fields: readonly RelationFieldRules[];
  readonly keys: readonly RelationKeyRule[];
  /** Bits before anything is compared. */
  readonly prior: number;
  readonly evidence: readonly EvidenceGroup[];
  /** The words of two names tell this many bits at most. */
  readonly nameBitsMax: number;
  /** A value used by n names loses this times log2(n). */
  readonly bitsPerDoubling: number;
  /** What a second value adds that many share. */
  readonly sharersBonus: number;
  readonly vetoes: readonly VetoRule[];
  /** What a veto that may be asked about took from the score, at most. */
  readonly contradictionBits: number;
  readonly proofs: readonly ProofRule[];
  readonly holds: readonly HoldRule[];
  readonly bands: {
    /** From this score on a pair may be automatic, if its kind of proof allows it. */
    readonly automaticFrom: number;
    /** From this score on a pair is worth a question. */
    readonly askFrom: number;
    /** From this score on two records are more likely one than not, if nobody can be asked. */
    readonly finalFrom: number;
  };
  /** A named reason to leave pairs unweighed, valid for the weights that stand here. */
  readonly hopeless?: 'other-names-with-few-ties';
}
