import { assertJson, assertPlainText, failureOf } from './classify.js';
import { ExactError, type HttpMethod } from './errors.js';
import {
  NO_DIVISION,
  type Budget,
  type BudgetedCall,
  type CallClass,
  type CallOutcome,
} from './limits/budget.js';
import { metNoExact } from './limits/circuit.js';
import { parseRateLimits, type RateLimits } from './limits/rate-limits.js';
import { assertOwn } from './odata/address.js';
import type { Zone } from './odata/zone.js';
import type { Transport, TransportResponse } from './transport.js';

/** What Exact itself advises to log per call; the path has no query, so no value of a filter is in it. */
export interface CallObservation {
  readonly method: HttpMethod;
  readonly division: number | undefined;
  readonly path: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly reason: string | undefined;
  readonly limits: RateLimits;
  readonly durationMs: number;
}

/** What every resource needs; made once by `createExactClient`. */
export interface Context {
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly accessToken: (method: HttpMethod) => Promise<string>;
  readonly budget: Budget;
  readonly now: () => Date;
  readonly zone: Zone;
  readonly userAgent: string;
  readonly acceptLanguage: string;
  readonly observe: ((call: CallObservation) => void) | undefined;
  /** Who asks, for single records. */
  readonly callClass?: CallClass;
  /** Asked when all that a write waits for is there: true refuses it. */
  readonly isTooLate?: () => boolean;
}

export interface Call {
  readonly method: HttpMethod;
  readonly url: string;
  /** Undefined only for `current/Me`, which no limit counts. */
  readonly division: number | undefined;
  /** Entity set as Exact counts it: `crm/Accounts`. */
  readonly endpoint: string;
  readonly class: CallClass;
  readonly body?: unknown;
  readonly expects: 'json' | 'text' | 'nothing';
}

/** A person, unless somebody else was named. */
export function classOf({ callClass = 'interactive' }: Context): CallClass {
  return callClass;
}

const POST_UNCERTAIN: ReadonlySet<string> = new Set(['unavailable', 'unexpected-content', 'malformed']);

/**
 * One call, classified. It repeats nothing but a 401, and that once and only with a token that is not the refused one.
 * Everything that is not the wanted answer is thrown as ExactError; a POST that may have been carried out is `uncertain`.
 */
export async function send(context: Context, call: Call): Promise<string> {
  assertOwn(context.baseUrl, call.url, call.division);
  const turn = await firstTurn(context, call);
  try {
    return await attempt(context, call, turn);
  } catch (error) {
    if (!(error instanceof ExactError) || error.kind !== 'unauthorised') throw error;
    const other = await context.accessToken(call.method);
    if (other === turn.token) throw error;
    return attempt(context, call, { token: other });
  }
}

/** Many calls fail with one answer of the token endpoint, which is thrown again for a while. */
const counted = new WeakSet<ExactError>();

/** What an attempt has when it begins. */
interface Turn {
  readonly token: string;
  /** Absent when it is still to be reserved. */
  readonly reserved?: BudgetedCall;
}

/** An Exact that is away gives no token either: that counts as a call of it, and is not tried while its circuit is open. */
async function firstTurn({ budget, accessToken }: Context, call: Call): Promise<Turn> {
  const budgeted = budgetedPart(call);
  const pass = await budget.check(budgeted);
  const reserved = pass === 'try' ? { reserved: budgeted } : {};
  if (reserved.reserved) await budget.reserve(budgeted);
  try {
    return { token: await accessToken(call.method), ...reserved };
  } catch (error) {
    if (error instanceof ExactError && metNoExact(error.failure) && !counted.has(error)) {
      counted.add(error);
      await budget.record(budgeted, { status: 0 });
    } else if (reserved.reserved) await budget.giveBack(budgeted);
    throw error;
  }
}

async function attempt(context: Context, call: Call, { token, reserved }: Turn): Promise<string> {
  const budgeted = reserved ?? budgetedPart(call);
  if (call.division !== undefined && !reserved) await context.budget.reserve(budgeted);
  if (call.method !== 'GET' && context.isTooLate?.()) {
    await context.budget.giveBack(budgeted);
    throw new ExactError({ kind: 'too-late' });
  }
  const startedAt = context.now();
  const response = await exchange(context, call, token);
  const now = context.now();
  const answer = response instanceof ExactError ? undefined : response;
  const limits = answer === undefined ? {} : parseRateLimits(answer.headers, now);
  const status = statusOf(response);
  await recorded(context.budget, call, { budgeted, outcome: { status, limits } });
  context.observe?.({
    method: call.method,
    division: call.division,
    path: new URL(call.url).pathname,
    status,
    reason: answer?.headers.get('reason') ?? undefined,
    limits,
    durationMs: now.getTime() - startedAt.getTime(),
  });
  try {
    if (response instanceof ExactError) throw response;
    return bodyOf(response, { call, limits, now });
  } catch (error) {
    throw call.method === 'POST' ? asWriteFailure(error) : error;
  }
}

function budgetedPart({ division = NO_DIVISION, endpoint, class: callClass, method }: Call): BudgetedCall {
  return { division, endpoint, class: callClass, ...(method !== 'GET' && { isWrite: true }) };
}

/** An answer that nobody can read is one all the same: Exact is there (F32). 0 when there was none. */
function statusOf(response: TransportResponse | ExactError): number {
  if (!(response instanceof ExactError)) return response.status;
  return response.detail('unexpected-content')?.status ?? 0;
}

/** When the ledger fails after a POST, the answer is lost with it, so the write must be looked up. */
async function recorded(
  budget: Budget,
  call: Call,
  { budgeted, outcome }: { budgeted: BudgetedCall; outcome: CallOutcome },
): Promise<void> {
  try {
    await budget.record(budgeted, outcome);
  } catch (cause) {
    if (call.method !== 'POST') throw cause;
    throw new ExactError({ kind: 'uncertain', because: 'budget-record' }, { cause });
  }
}

async function exchange(
  context: Context,
  call: Call,
  token: string,
): Promise<TransportResponse | ExactError> {
  try {
    return await context.transport({
      method: call.method,
      url: call.url,
      headers: headersFor(context, call, token),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
  } catch (error) {
    // Kept as a value so that budget and observer see the call too.
    if (error instanceof ExactError) return error;
    return new ExactError({ kind: 'network', phase: 'headers', code: 'UNKNOWN' }, { cause: error });
  }
}

function headersFor(context: Context, call: Call, token: string): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'user-agent': context.userAgent,
    'accept-language': context.acceptLanguage,
    // `$count` answers in plain text and refuses when asked for JSON.
    ...(call.expects !== 'text' && { accept: 'application/json' }),
    ...(call.body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    // Without it a POST on CRM entities is answered with nulls.
    ...(call.method === 'POST' && { prefer: 'return=representation' }),
  };
}

function bodyOf(
  response: TransportResponse,
  { call, limits, now }: { call: Call; limits: RateLimits; now: Date },
): string {
  const failure = failureOf(response, limits, now);
  if (failure !== undefined) throw new ExactError(failure);
  if (call.expects === 'json') assertJson(response);
  if (call.expects === 'text') assertPlainText(response);
  if (call.expects === 'nothing' && response.body !== '') assertJson(response);
  return response.body;
}

/** No idempotency key exists, so a POST whose answer is not plain may have been carried out: such a failure becomes `uncertain`. */
export function asWriteFailure(error: unknown): unknown {
  if (!(error instanceof ExactError)) return error;
  const { failure } = error;
  const isLost = (failure.kind === 'network' || failure.kind === 'timeout') && failure.phase !== 'connect';
  if (!isLost && !POST_UNCERTAIN.has(failure.kind)) return error;
  return new ExactError({ kind: 'uncertain', because: failure.kind }, { cause: error });
}
