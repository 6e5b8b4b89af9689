import { AdminApi, plantFault } from './admin/admin-api.js';
import type { WorldEdits } from './admin/world-edits.js';
import type { SandboxClock } from './clock.js';
import type { FaultPlan } from './faults.js';
import { FrontDoor } from './front-door.js';
import { serve } from './http/server.js';
import type { Journal } from './journal.js';
import type { SandboxOptions } from './options.js';
import { buildParts, type SandboxParts } from './parts.js';
import { seededRandom } from './random.js';
import type { Switches } from './switches.js';
import type { WebhookAttempt } from './webhooks/webhook-sender.js';
import type { World } from './world/world.js';

/** Plants and removes faults. */
export interface Faults {
  /** Throws when the plan makes no sense. */
  plant(plan: FaultPlan): void;
  /** Removes planted faults and gives back withdrawn rights; a revoked token stays revoked. */
  clear(): void;
}

/** An access token and the refresh token beside it. */
export type IssuedPair = Readonly<Record<'accessToken' | 'refreshToken', string>>;

/** A running Exact Online. */
export interface Sandbox {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  readonly clock: SandboxClock;
  readonly journal: Journal;
  readonly world: World;
  readonly faults: Faults;
  /** Edits as a person makes them in Exact's own screens. */
  readonly edits: WorldEdits;
  /** Tells of every token that is given out from now on, before an app gets it. */
  readonly watchTokens: (watcher: (tokens: IssuedPair) => void) => void;
  /** Attempts to deliver webhooks. */
  readonly webhooks: { log(): readonly WebhookAttempt[] };
  readonly switches: () => Switches;
  readonly setSwitches: (changes: Partial<Switches>) => void;
  stop(): Promise<void>;
}

/**
 * Starts Exact Online on this machine: one HTTP server with OAuth, the REST API, webhooks, a seeded world, planned
 * faults and a journal of every call. With a state file it goes on where the last start on it ended. Throws when the
 * port is taken, or the state file is damaged or belongs to another world.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const parts = buildParts(options);
  const door = new FrontDoor(parts, new AdminApi(parts), seededRandom(parts.world.seed, 'delays'));
  const server = await serve(
    options.port ?? 0,
    (request) => door.handle(request),
    (path) => {
      const division = /^\/api\/v1\/(\d+)\//i.exec(path)?.[1];
      return division === undefined ? () => undefined : parts.journal.begin(Number(division));
    },
  );
  const url = `http://127.0.0.1:${server.port}`;
  parts.setOrigin(url);
  return {
    url,
    port: server.port,
    clock: parts.clock,
    journal: parts.journal,
    world: parts.world,
    faults: faultsOf(parts),
    edits: parts.edits,
    watchTokens: (watcher) =>
      parts.tokens.watch((event) => {
        if (event.kind === 'issued') watcher(event);
      }),
    webhooks: parts.webhooks,
    switches: parts.switches,
    setSwitches: parts.setSwitches,
    stop: async () => {
      parts.clock.stop();
      await server.close();
      parts.closeState();
    },
  };
}

function faultsOf(parts: SandboxParts): Faults {
  return {
    plant: (plan) => {
      const problem = plantFault(parts, plan);
      if (problem !== undefined) throw new Error(problem);
    },
    clear: () => {
      parts.faults.clear();
      parts.access.restore();
    },
  };
}
