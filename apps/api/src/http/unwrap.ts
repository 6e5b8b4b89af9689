import { changedMeanwhile, entityTag, type EndpointShape, type ProblemKind } from '@koppel/contracts';
import { invariant, type Result } from '@koppel/domain/kernel';
import { ProblemError } from './problem-error.js';

/**
 * The value of a use case's result; an expected failure becomes the problem of the same kind. It does not compile while
 * the use case can fail in a way that the endpoint does not declare. The error's other members travel in the body.
 */
export function unwrap<E extends EndpointShape, T>(
  endpoint: E,
  result: Result<T, { readonly kind: ProblemKind<E> }>,
): T {
  if (result.ok) return result.value;
  const { kind, ...members } = result.error;
  const definition = endpoint.problems.find((problem) => problem.kind === kind);
  invariant(definition, `${endpoint.method} ${endpoint.path} does not declare ${kind}`);
  throw new ProblemError(definition, members, currentTag(kind, members));
}

/** Who was too late learns what is there now. */
function currentTag(kind: string, members: { readonly version?: unknown }): Readonly<Record<string, string>> {
  if (kind !== changedMeanwhile.kind) return {};
  const { version } = members;
  invariant(typeof version === 'number', 'who was too late is told which version there is now');
  return { etag: entityTag(version) };
}
