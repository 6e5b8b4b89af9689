import type { z } from 'zod';

export type Part = 'params' | 'query' | 'body';

export interface FieldError {
  /** JSON pointer: `/body/codes/0/code`. */
  readonly pointer: string;
  readonly detail: string;
}

const errorsMax = 50;

/** The caller's request does not fit the contract. A ZodError from elsewhere is our own fault and stays a 500. */
export class InvalidRequest extends Error {
  constructor(readonly errors: readonly FieldError[]) {
    super('invalid-request');
  }

  static of(part: Part, error: z.ZodError): InvalidRequest {
    const errors = error.issues.slice(0, errorsMax).map((issue) => ({
      pointer: [`/${part}`, ...issue.path.map(escaped)].join('/'),
      detail: issue.message,
    }));
    return new InvalidRequest(errors);
  }
}

/** RFC 6901. */
function escaped(segment: PropertyKey): string {
  return String(segment).replaceAll('~', '~0').replaceAll('/', '~1');
}
