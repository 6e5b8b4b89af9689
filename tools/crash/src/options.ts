/** An option of the command line that cannot be meant; the message says what may be. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Whether fractions make sense; whole numbers only when absent. */
  readonly isFraction?: boolean;
}

/** The number that an option was given as. Throws OptionError for anything else, and for one out of its bounds. */
export function numberOption(name: string, text: string, { min, max, isFraction = false }: Bounds): number {
  const value = text.trim() === '' ? NaN : Number(text);
  const isMeant =
    (isFraction ? Number.isFinite(value) : Number.isSafeInteger(value)) && value >= min && value <= max;
  if (isMeant) return value;
  throw new OptionError(
    `--${name} ${text}: a ${isFraction ? '' : 'whole '}number from ${min} to ${max} is needed`,
  );
}

/** Those that were chosen of all there are, in their own order; all when none was chosen. Throws OptionError for any other. */
export function chosenOf<Name extends string>(
  option: string,
  all: readonly Name[],
  chosen: readonly string[] | undefined,
): Name[] {
  const unknown = chosen?.find((name) => !all.some((known) => known === name));
  if (unknown !== undefined) throw new OptionError(`--${option} ${unknown}: there is ${all.join(', ')}`);
  return all.filter((name) => chosen?.includes(name) ?? true);
}

/** Reads the options; says what is wrong with them and ends with 2, as whoever called wrongly expects. */
export function optionsOrExit<Options>(read: () => Options): Options {
  try {
    return read();
  } catch (error) {
    if (!isOptionError(error)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** Ours, or the one of Node's own `parseArgs`. */
function isOptionError(error: unknown): error is Error {
  if (error instanceof OptionError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_');
}
