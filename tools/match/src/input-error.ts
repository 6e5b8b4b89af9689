/** Why a file or a command line cannot be used; one word per cause. */
export type InputErrorKind =
  | 'wrong-usage'
  | 'file-missing'
  | 'file-unwritable'
  | 'not-text'
  | 'not-csv'
  | 'wrong-columns'
  | 'wrong-field-count'
  | 'id-missing'
  | 'id-repeated'
  | 'too-many-rows'
  | 'wrong-schema';

/** Something that the one who gave the command can put right; the command ends with code 2. */
export class InputError extends Error {
  override readonly name = 'InputError';

  constructor(
    readonly kind: InputErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
