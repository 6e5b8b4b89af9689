import type { Trouble } from '../issues/index.js';
import { accessIssueKey, accessTrouble, type Administration } from '../administrations/index.js';
import type { AdministrationId } from '../kernel/index.js';
import { dataKindOfPart } from './data-kind.js';
import type { RunEventKey } from './run-event.js';
import type { SourceFault } from './source-fault.js';
import { closedToWrites } from './standstills.js';
import { endedStep, releasedStep, type SyncStep } from './sync-step.js';
import type { WriteIntent } from './write-intent.js';

/** Tries without one stored page in between: a good day at the longest pause (reliability.md F32). */
export const attemptsMax = 140;
const firstPauseMs = 2_000;
const longestPauseMs = 15 * 60_000;
/** From this try on people see an issue; before it the run simply waits. */
const attemptsUntilIssue = 4;
/** A broken connection is looked at again this often, which costs no call while it stays broken. */
const reconnectPauseMs = 10 * 60_000;

export interface SettledFault {
  readonly step: SyncStep;
  readonly troubles: readonly Trouble[];
  readonly event: {
    readonly key: RunEventKey;
    readonly params: Readonly<Record<string, string | number>>;
  } | null;
  /** The whole administration stands still. */
  readonly accessLost: string | null;
}

interface Situation {
  readonly administration: Pick<Administration, 'id' | 'connectionId'>;
  readonly now: Date;
  /** From 0 to 1. */
  readonly chance: number;
}

/** What a fault does to a step: wait for a limit, try again later, or end. Pure; one row per kind. */
export function settleFault(step: SyncStep, fault: SourceFault, at: Situation): SettledFault {
  const { kind } = step;
  switch (fault.kind) {
    case 'limited':
      return waiting(step, at, fault);
    case 'suspended': {
      const params = { kind, status: fault.status, until: fault.until.toISOString() };
      const troubles = [trouble(at, 'endpoint-suspended', { key: kind, params })];
      return { ...quiet, troubles, step: releasedStep(step, { reason: 'retry', dueAt: fault.until }) };
    }
    case 'silent':
      return standingBy(step, at, fault);
    case 'unavailable':
      return trying(step, at, { cause: 'fetch-failed', reason: fault.reason, notBefore: fault.retryAt });
    case 'unexpected':
    case 'refused':
    case 'uncertain': {
      const reason = fault.kind === 'refused' ? fault.message : fault.reason;
      return trying(step, at, { cause: 'unexpected-answer', reason, notBefore: null });
    }
    case 'misshapen':
      return failed(step, at, { cause: 'unexpected-answer', reason: fault.reason });
    case 'right-missing':
      return failed(step, at, { cause: 'right-missing', reason: fault.reason });
    case 'access-lost': {
      const troubles = [accessTrouble(at.administration.id, { reason: fault.reason })];
      const event = { key: 'access-lost', params: { reason: fault.reason } } as const;
      const ended = endedStep(
        step,
        { state: 'failed', failure: failureOf('access-lost', fault.reason) },
        at.now,
      );
      return { step: ended, troubles, event, accessLost: fault.reason };
    }
    case 'reconnect':
      return reconnecting(step, at, fault.reason);
  }
}

const quiet = { troubles: [], event: null, accessLost: null } as const;

type Limited = Extract<SourceFault, { kind: 'limited' }>;

/** The limit of a minute is over before anybody reads of it; that of a day stops an administration for hours. */
export function limitTroubles(administrationId: AdministrationId, { window, until }: Limited): Trouble[] {
  if (window !== 'day') return [];
  const cause = 'day-limit-reached';
  const params = { until: until.toISOString() };
  return [{ cause, causeKey: `${cause}:${administrationId}`, administrationId, params }];
}

type Silent = Extract<SourceFault, { kind: 'silent' }>;

/** What is over sooner is hardly noticed: a run tells the time at which it goes on. */
const silenceUntilToldMs = 2 * 60_000;

/** One issue per administration, however many steps and writes wait for Exact. */
export function silenceTroubles(administrationId: AdministrationId, { until }: Silent, now: Date): Trouble[] {
  if (until.getTime() - now.getTime() < silenceUntilToldMs) return [];
  const cause = 'exact-silent';
  const params = { until: until.toISOString() };
  return [{ cause, causeKey: `${cause}:${administrationId}`, administrationId, params }];
}

type Suspended = Extract<SourceFault, { kind: 'suspended' }>;

/** Writes go to other endpoints than pages come from: a page proves nothing of them. */
export function suspendedWrites(
  { administrationId, part }: Pick<WriteIntent, 'administrationId' | 'part'>,
  { status, until }: Suspended,
): Trouble {
  const kind = part ? dataKindOfPart[part.kind] : 'accounts';
  const params = { kind, status, until: until.toISOString() };
  const causeKey = closedToWrites(administrationId, kind);
  return { cause: 'endpoint-suspended', causeKey, administrationId, params };
}

function waiting(step: SyncStep, at: Situation, fault: Limited): SettledFault {
  const reason = fault.window === 'day' ? 'day-limit' : 'minute-limit';
  const event = {
    key: 'limit-reached',
    params: { window: fault.window, until: fault.until.toISOString() },
  } as const;
  const troubles = limitTroubles(at.administration.id, fault);
  return { ...quiet, troubles, event, step: releasedStep(step, { reason, dueAt: fault.until }) };
}

/** Not an attempt: who asks for all of us when the pause is over counts its own. */
function standingBy(step: SyncStep, at: Situation, fault: Silent): SettledFault {
  const troubles = silenceTroubles(at.administration.id, fault, at.now);
  const event =
    troubles.length > 0
      ? ({ key: 'exact-silent', params: { until: fault.until.toISOString() } } as const)
      : null;
  return { ...quiet, troubles, event, step: releasedStep(step, { reason: 'retry', dueAt: fault.until }) };
}

function trying(
  step: SyncStep,
  at: Situation,
  fault: { cause: 'fetch-failed' | 'unexpected-answer'; reason: string; notBefore: Date | null },
): SettledFault {
  const tried: SyncStep = {
    ...step,
    attempts: step.attempts + 1,
    failure: failureOf(fault.cause, fault.reason),
  };
  if (tried.attempts >= attemptsMax) return failed(tried, at, fault);
  const params = { kind: step.kind, attempts: tried.attempts, reason: fault.reason };
  const troubles =
    tried.attempts < attemptsUntilIssue ? [] : [trouble(at, fault.cause, { key: step.kind, params })];
  const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tried.attempts - 1, 20));
  const dueAt = new Date(
    Math.max(at.now.getTime() + longest * (0.5 + at.chance / 2), fault.notBefore?.getTime() ?? 0),
  );
  const event = { key: 'retrying', params: { ...params, until: dueAt.toISOString() } } as const;
  return { ...quiet, troubles, event, step: releasedStep(tried, { reason: 'retry', dueAt }) };
}

/** The step given up: other kinds and other administrations go on. */
export function failed(
  step: SyncStep,
  at: Situation,
  fault: { cause: Trouble['cause']; reason: string },
): SettledFault {
  const params = { kind: step.kind, attempts: step.attempts, reason: fault.reason };
  const key = fault.cause === 'no-relations-returned' ? null : step.kind;
  return {
    step: endedStep(step, { state: 'failed', failure: failureOf(fault.cause, fault.reason) }, at.now),
    troubles: [trouble(at, fault.cause, { key, params })],
    event: { key: 'part-failed', params },
    accessLost: null,
  };
}

function reconnecting(step: SyncStep, at: Situation, reason: string): SettledFault {
  const { connectionId } = at.administration;
  const broken: Trouble = {
    cause: 'connection-broken',
    causeKey: `connection-broken:${connectionId}`,
    administrationId: null,
    params: { reason },
  };
  const dueAt = new Date(at.now.getTime() + reconnectPauseMs);
  const event = { key: 'reconnect-needed', params: { reason } } as const;
  return {
    troubles: [broken],
    event,
    accessLost: null,
    step: releasedStep(step, { reason: 'reconnect', dueAt }),
  };
}

function trouble(
  at: Situation,
  cause: Trouble['cause'],
  about: { key: string | null; params: Trouble['params'] },
): Trouble {
  const { id } = at.administration;
  const causeKey = about.key === null ? `${cause}:${id}` : `${cause}:${id}:${about.key}`;
  return { cause, causeKey, administrationId: id, params: about.params };
}

/** The longest failure text that is kept; the rest is cut off, not lost from sight (C04). */
const messageMax = 2_000;

function failureOf(kind: string, message: string) {
  return { kind, message: message.slice(0, messageMax) };
}

/** The issues that a stored page of the step proves to be over. */
export function causeKeysOver(step: SyncStep): string[] {
  const causes = ['fetch-failed', 'unexpected-answer', 'right-missing', 'endpoint-suspended'] as const;
  const own = causes.map((cause) => `${cause}:${step.administrationId}:${step.kind}`);
  const { administrationId } = step;
  if (administrationId === null) return own;
  const stood = ['day-limit-reached', 'exact-silent'].map((cause) => `${cause}:${administrationId}`);
  return [...own, accessIssueKey(administrationId), ...stood];
}
