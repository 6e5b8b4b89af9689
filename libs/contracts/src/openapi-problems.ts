import type { EndpointShape } from './endpoint.js';
import { idempotencyProblems, takesIdempotencyKey } from './idempotency.js';
import type { PlainRoute } from './plain-routes.js';
import { takesVersion } from './precondition.js';
import type { ProblemDefinition } from './problem.js';
import {
  changedMeanwhile,
  featureNotEnabled,
  foreignOrigin,
  internalError,
  invalidRequest,
  notAllowed,
  notSignedIn,
  serviceUnavailable,
  storageFull,
  tooManyRequests,
  versionMissing,
} from './problems.js';

type Json = Record<string, unknown>;
type Served = EndpointShape | PlainRoute;

export const etagHeader: Json = {
  ETag: { description: 'The strong ETag of what is answered.', schema: { type: 'string' } },
};

/** The refusals of an endpoint by status: its own, and those that its access and its body bring. */
export function problemResponses(one: Served): Json {
  const responses: Record<string, Json> = {};
  for (const [code, problems] of byStatus([...one.problems, ...commonProblems(one)]))
    responses[code] = {
      description: problems.map((problem) => `\`${problem.kind}\`: ${problem.title.en}`).join(' '),
      ...(problems.includes(changedMeanwhile) && { headers: etagOfNow }),
      content: { 'application/problem+json': { schema: problemSchema(problems) } },
    };
  return responses;
}

const etagOfNow: Json = {
  ETag: { description: 'Of the version of now.', schema: { type: 'string' } },
};
const versionOfNow: Json = {
  properties: { version: { type: 'integer', description: 'The version of now.' } },
  required: ['version'],
};

function problemSchema(problems: readonly ProblemDefinition[]): Json {
  const kinds = problems.map((problem) => problem.kind);
  return {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { properties: { kind: { enum: kinds } } },
      ...(problems.includes(changedMeanwhile) ? [versionOfNow] : []),
    ],
  };
}

function byStatus(problems: readonly ProblemDefinition[]): Map<number, ProblemDefinition[]> {
  const found = new Map<number, ProblemDefinition[]>();
  for (const problem of new Set(problems))
    found.set(problem.status, [...(found.get(problem.status) ?? []), problem]);
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** What any endpoint of this access can answer beside its own problems. */
function commonProblems(one: Served): ProblemDefinition[] {
  const common: ProblemDefinition[] = [internalError, serviceUnavailable, storageFull, tooManyRequests];
  if (one.params || one.query || ('body' in one && one.body)) common.unshift(invalidRequest);
  if (one.method !== 'GET' && 'response' in one) common.push(foreignOrigin);
  if (one.access !== 'public') common.push(notSignedIn, notAllowed);
  const isTenants = ['viewer', 'reviewer', 'admin'].includes(one.access);
  if (isTenants && !one.beforeActivation) common.push(featureNotEnabled);
  if (takesVersion(one)) common.push(versionMissing);
  if (takesIdempotencyKey(one)) common.push(...idempotencyProblems);
  return common;
}
