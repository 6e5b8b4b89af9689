import { setTimeout as sleep } from 'node:timers/promises';
import type { Arena } from '@koppel/crash';

/** One death: how long until the last of its steps was held by another. */
export interface Takeover {
  readonly tookMs: number;
  /** How long the process itself lived on after the signal. */
  readonly endedMs: number;
  /** The steps it held, by administration and endpoint: `3412001 sync/CRM/Accounts`. */
  readonly steps: readonly string[];
}

interface HeldStep {
  readonly id: string;
  readonly division: number;
  readonly kind: keyof typeof endpointOf;
  readonly lease_owner: string;
  readonly has_progress: boolean;
}

const endpointOf = {
  accounts: 'sync/CRM/Accounts',
  contacts: 'sync/CRM/Contacts',
  addresses: 'sync/CRM/Addresses',
} as const;
/** What is read while workers are killed. */
export const endpoints: readonly string[] = Object.values(endpointOf);

const lookEveryMs = 25;
const takeoverMaxMs = 120_000;

export interface Kills {
  readonly max: number;
  readonly signal: 'SIGKILL' | 'SIGTERM';
}

/** Kills a worker that holds steps and has stored a page of each, waits until all of these are held by others, and begins anew. */
export class KillingSpree {
  private isOver = false;

  constructor(
    private readonly arena: Pick<Arena, 'sql' | 'workers'>,
    private readonly kills: Kills,
  ) {}

  end(): void {
    this.isOver = true;
  }

  async run(): Promise<Takeover[]> {
    const takeovers: Takeover[] = [];
    while (!this.isOver && takeovers.length < this.kills.max) {
      const victim = await this.victim();
      if (!victim) {
        await sleep(lookEveryMs);
        continue;
      }
      const at = performance.now();
      const worker = this.worker(victim.name);
      const ended = worker.ended().then(() => performance.now() - at);
      worker.signal(this.kills.signal);
      const tookMs = await this.untilTakenOver(victim.steps, at);
      const endedMs = await ended;
      if (tookMs !== undefined) takeovers.push({ tookMs, endedMs, steps: victim.steps.map(nameOf) });
    }
    return takeovers;
  }

  private worker(name: string) {
    const { workers } = this.arena;
    const members = Array.from({ length: workers.size }, (_, index) => workers.member(index));
    const found = members.find((member) => member.name === name);
    if (!found) throw new Error(`no worker is called ${name}`);
    return found;
  }

  /**
   * A worker all of whose steps have made progress, since three deaths without any would end a step, as they should; and only while there
   * is another one to take over.
   */
  private async victim(): Promise<{ name: string; steps: HeldStep[] } | undefined> {
    if (!this.arena.workers.isComplete) return undefined;
    const held = Map.groupBy(await this.heldSteps(), ({ lease_owner }) => nameIn(lease_owner));
    const [found] = [...held].filter(([, steps]) => steps.every(({ has_progress }) => has_progress));
    return found && { name: found[0], steps: found[1] };
  }

  private async heldSteps(): Promise<HeldStep[]> {
    return this.arena.sql<HeldStep[]>`
      select s.id, a.division, s.kind, s.lease_owner, s.crash_count = 0 and s.records > 0 as has_progress
      from sync_steps s join administrations a on a.id = s.administration_id
      where s.state = 'running' and s.kind = any(${Object.keys(endpointOf)}) and s.lease_until > clock_timestamp()`;
  }

  /** Undefined when the run ended meanwhile; the last of the steps counts. */
  private async untilTakenOver(steps: readonly HeldStep[], since: number): Promise<number | undefined> {
    while (performance.now() - since < takeoverMaxMs) {
      const now = await this.arena.sql<{ id: string; state: string; lease_owner: string | null }[]>`
        select id, state, lease_owner from sync_steps where id = any(${steps.map(({ id }) => id)})`;
      const isTaken = now.every(({ id, state, lease_owner }) => {
        const before = steps.find((step) => step.id === id)?.lease_owner;
        return state === 'done' || (lease_owner !== null && lease_owner !== before);
      });
      if (isTaken) return performance.now() - since;
      if (this.isOver) return undefined;
      await sleep(lookEveryMs);
    }
    throw new Error(`nobody took over within ${takeoverMaxMs} ms`);
  }
}

/** `worker-1:01a2…` was written by the process that is called worker-1. */
function nameIn(owner: string): string {
  return owner.slice(0, owner.lastIndexOf(':'));
}

function nameOf({ division, kind }: HeldStep): string {
  return `${division} ${endpointOf[kind]}`;
}
