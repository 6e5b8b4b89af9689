import { ExactError } from '../errors.js';
import type { BudgetedCall } from './budget.js';
import {
  afterFailure,
  CLOSED,
  isUnanswered,
  PROBE_LEASE_MS,
  PROBE_LOOK_MS,
  type Circuit,
  type CircuitScope,
} from './circuit.js';

interface Held {
  circuit: Circuit;
  isProbing: boolean;
}

/** The circuits of the host and of each division, for one process. */
export class InMemoryCircuits {
  private readonly held = new Map<string, Held>();
  private readonly probes = new WeakSet<BudgetedCall>();

  constructor(private readonly options: { readonly now: () => Date; readonly random: () => number }) {}

  /** Throws ExactError `circuit-open` when the call is to wait. */
  assertClosed(call: BudgetedCall): void {
    if (call.class === 'interactive') return;
    const now = this.now();
    const waits = this.of(call)
      .filter(({ circuit }) => circuit.openUntil > now)
      .map(({ circuit: { openUntil }, isProbing }) =>
        isProbing ? Math.min(openUntil, now + PROBE_LOOK_MS) : openUntil,
      );
    if (waits.length > 0) throw new ExactError({ kind: 'circuit-open', until: new Date(Math.max(...waits)) });
  }

  /** The call goes: where a pause is over, it is the one that tries. */
  letGo(call: BudgetedCall): void {
    const now = this.now();
    for (const held of this.of(call).filter(
      ({ circuit: { openUntil } }) => openUntil > 0 && openUntil <= now,
    )) {
      held.circuit = { ...held.circuit, openUntil: now + PROBE_LEASE_MS };
      held.isProbing = true;
      this.probes.add(call);
    }
  }

  record(call: BudgetedCall, status: number): void {
    if (!isUnanswered(status)) {
      for (const key of Object.values(keysOf(call))) this.held.delete(key);
      return;
    }
    const failure = {
      division: call.division,
      isProbe: this.probes.has(call),
      now: this.now(),
      chance: this.options.random(),
    };
    for (const scope of ['host', 'division'] as const) {
      const key = keysOf(call)[scope];
      const before = this.held.get(key);
      const circuit = afterFailure(before?.circuit ?? CLOSED, { ...failure, scope });
      this.held.set(key, { circuit, isProbing: before?.isProbing === true && circuit === before.circuit });
    }
  }

  private of(call: BudgetedCall): Held[] {
    return Object.values(keysOf(call)).flatMap((key) => this.held.get(key) ?? []);
  }

  private now(): number {
    return this.options.now().getTime();
  }
}

function keysOf({ division }: BudgetedCall): Readonly<Record<CircuitScope, string>> {
  return { host: 'host', division: String(division) };
}
