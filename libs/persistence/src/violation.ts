interface DriverError {
  readonly code?: string;
  readonly constraint_name?: string;
}

/** Whether `error` is Postgres refusing a row by the named unique index or constraint (23505). */
export function isViolationOf(error: unknown, constraint: string): boolean {
  const cause = (error as { cause?: DriverError } | undefined)?.cause ?? (error as DriverError | undefined);
  return cause?.code === '23505' && cause.constraint_name === constraint;
}
