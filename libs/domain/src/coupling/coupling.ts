import {
  err,
  ok,
  type AccountCreation,
  type ContactHandling,
  type Result,
  type SyncRunId,
} from '../kernel/index.js';
import type { Administration } from '../administrations/index.js';
import { couplingSteps, transitions, type CouplingEvent, type CouplingStep } from './coupling-step.js';

/** Who confirmed that nobody edits contacts, when, and the words that he saw. */
export interface Confirmation {
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
  readonly text: string;
}

/** The coupling of a tenant: where it stands. One per tenant. */
export interface Coupling {
  readonly step: CouplingStep;
  readonly contactHandling: ContactHandling | null;
  readonly confirmation: Confirmation | null;
  readonly frozenSince: Date | null;
  /** The first activation; from then on steps are gone through for added administrations only. */
  readonly activatedAt: Date | null;
  /** The run of this first coupling or addition. */
  readonly runId: SyncRunId | null;
  readonly resyncMinutes: number;
  readonly accountCreation: AccountCreation;
  readonly version: number;
  readonly createdAt: Date;
}

/** Who finished a step. */
export interface StepLogEntry {
  readonly id: string;
  readonly step: CouplingStep;
  readonly actorId: string;
  readonly actorName: string;
  readonly at: Date;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type WrongStep = { readonly kind: 'wrong-step'; readonly step: CouplingStep };

const defaultResyncMinutes = 60;

export function newCoupling(step: 'connect' | 'select', now: Date): Coupling {
  return {
    step,
    contactHandling: null,
    confirmation: null,
    frozenSince: null,
    activatedAt: null,
    runId: null,
    resyncMinutes: defaultResyncMinutes,
    accountCreation: 'first-use',
    version: 1,
    createdAt: now,
  };
}

/** Whether an active coupling is adding administrations. */
export function isAdding(coupling: Coupling): boolean {
  return coupling.activatedAt !== null && coupling.step !== 'active';
}

export interface Advanced {
  readonly coupling: Coupling;
  readonly finished: CouplingStep | undefined;
}

/** The coupling after an event, by the transition table. */
export function advance(coupling: Coupling, on: CouplingEvent, now: Date): Result<Advanced, WrongStep> {
  const found = transitions.find((one) => one.from === coupling.step && one.on === on);
  if (!found) return err({ kind: 'wrong-step', step: coupling.step });
  const frozenSince = found.freeze === 'begins' ? now : found.freeze === 'ends' ? null : coupling.frozenSince;
  return ok({ coupling: { ...coupling, step: found.to, frozenSince }, finished: found.finishes });
}

/**
 * The administrations that this pass through the steps is about. A first coupling takes in one that was coupled alone
 * before (product.md 1); an addition only the new ones.
 */
export function participants(coupling: Coupling, all: readonly Administration[]): Administration[] {
  const isPart = (one: Administration) =>
    one.state === 'selected' ||
    one.state === 'coupling' ||
    (coupling.activatedAt === null && one.state === 'active');
  return coupling.step === 'active' ? [] : all.filter(isPart);
}

export interface StepView {
  readonly step: CouplingStep;
  readonly state: 'done' | 'now' | 'next';
  readonly finishedByName: string | null;
  readonly finishedAt: Date | null;
}

/** The stepper: what is done, by whom, what is up, what follows. */
export function stepViews(coupling: Coupling, log: readonly StepLogEntry[]): StepView[] {
  const current = couplingSteps.indexOf(coupling.step);
  return couplingSteps.map((step, index) => {
    const state = index < current ? 'done' : index === current ? 'now' : 'next';
    const entry = state === 'done' ? log.findLast((one) => one.step === step) : undefined;
    return { step, state, finishedByName: entry?.actorName ?? null, finishedAt: entry?.at ?? null };
  });
}
