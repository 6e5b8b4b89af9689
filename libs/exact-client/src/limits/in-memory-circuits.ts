import { ExactError } from '../errors.js';
import type { BudgetedCall } from './budget.js';
import {
  afterFailure,
  afterGivingBack,
  CLOSED,
  isUnanswered,
  PROBE_LEASE_MS,
  PROBE_LOOK_MS,
  scopesOf,
  type Circuit,
  type CircuitScope,
} from './circuit.js';

interface Held {
  circuit: Circuit;
  isProbing: boolean;
}

/** What a call tries for all. */
interface Probe {
  readonly scopes: readonly CircuitScope[];
  readonly lease: number;
}

/** The circuits of the host and of each division, for one process. */
export class InMemoryCircuits {
  private readonly held = new Map<string, Held>();
  private readonly probes = new WeakMap<BudgetedCall, Probe>();

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

  /** Whether a pause is over that the call would wait for. */
  isDue(call: BudgetedCall): boolean {
    return call.class !== 'interactive' && this.due(call).length > 0;
  }

  /** The call goes: where a pause is over, it is the one that tries. */
  letGo(call: BudgetedCall): void {
    const lease = this.now() + PROBE_LEASE_MS;
    const due = this.due(call);
    for (const scope of due) {
      const key = keysOf(call)[scope];
      const circuit = this.held.get(key)?.circuit ?? CLOSED;
      this.held.set(key, { circuit: { ...circuit, openUntil: lease }, isProbing: true });
    }
    this.probes.set(call, { scopes: due, lease });
  }

  giveBack(call: BudgetedCall): void {
    const probe = this.probes.get(call);
    for (const scope of probe?.scopes ?? []) {
      const key = keysOf(call)[scope];
      const before = this.held.get(key);
      if (!probe || !before) continue;
      const circuit = afterGivingBack(before.circuit, { lease: probe.lease, now: this.now() });
      if (circuit !== before.circuit) this.held.set(key, { circuit, isProbing: false });
    }
  }

  record(call: BudgetedCall, status: number): void {
    if (!isUnanswered(status)) {
      for (const scope of scopesOf(call)) this.held.delete(keysOf(call)[scope]);
      return;
    }
    const failure = {
      division: call.division,
      now: this.now(),
      chance: this.options.random(),
    };
    for (const scope of scopesOf(call)) {
      const key = keysOf(call)[scope];
      const before = this.held.get(key);
      const isProbe = this.probes.get(call)?.scopes.includes(scope) === true;
      const circuit = afterFailure(before?.circuit ?? CLOSED, { ...failure, scope, isProbe });
      this.held.set(key, { circuit, isProbing: before?.isProbing === true && circuit === before.circuit });
    }
  }

  private due(call: BudgetedCall): CircuitScope[] {
    return scopesOf(call).filter((scope) => {
      const openUntil = this.held.get(keysOf(call)[scope])?.circuit.openUntil ?? 0;
      return openUntil > 0 && openUntil <= this.now();
    });
  }

  private of(call: BudgetedCall): Held[] {
    return scopesOf(call).flatMap((scope) => this.held.get(keysOf(call)[scope]) ?? []);
  }

  private now(): number {
    return this.options.now().getTime();
  }
}

function keysOf({ division }: BudgetedCall): Readonly<Record<CircuitScope, string>> {
  return { host: 'host', division: String(division) };
}
