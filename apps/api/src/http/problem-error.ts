import type { ProblemDefinition } from '@koppel/contracts';

/** A refusal on its way to the problem filter. `members` become extension members of the body. */
export class ProblemError extends Error {
  constructor(
    readonly definition: ProblemDefinition,
    readonly members: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(definition.kind);
  }
}
