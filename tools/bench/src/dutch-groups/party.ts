/** A row as it stands in the file. */
export interface PartyValues {
  readonly kind: 'company' | 'person';
  readonly name: string;
  readonly kvk: string;
  readonly vat: string;
  readonly iban: string;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
}

/** A real company or person: what its records hold when nobody makes a slip, and what some of them hold instead. */
export interface Party {
  readonly values: PartyValues;
  /** Each is a way of writing the same party down: another name, the post-office box beside the visiting address. */
  readonly variants?: readonly Partial<PartyValues>[];
  /** Records that must be there beside those that chance gives, exactly as they are. */
  readonly fixed?: readonly Partial<PartyValues>[];
  /** What every record of it holds, because without it nobody could tell. */
  readonly keeps?: readonly (keyof PartyValues)[];
  /** It stands in one administration only. */
  readonly isAlone?: true;
}

/** Parties that have something to do with each other, and the trap that they are. */
export interface Scene {
  readonly tag: string;
  readonly parties: readonly Party[];
}

export interface LabelledRow extends PartyValues {
  readonly id: string;
  readonly administration: string;
  /** Equal for the rows of one party. */
  readonly entity: string;
  readonly tag: string;
}
