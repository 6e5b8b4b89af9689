import type { TrialEnd } from './trial.js';
import type { Stage, Surroundings } from './stage.js';

/** How a life ends: SIGKILL to a process of its own, all its sockets at once, or one connection to the database only. */
export type Death = 'kill' | 'cut-off' | 'connection';

/** What a member of the crew is told; the parts are plain data but for the databases, which it opens by their address. */
export interface CrewJob {
  readonly surroundings: Omit<Surroundings, 'databases'>;
  readonly serverUrl: string;
  readonly stage: Stage;
  readonly death: Death;
  /** From 1; null = undisturbed. */
  readonly point: number | null;
}

export type CrewReport =
  | { readonly end: TrialEnd }
  /** The trial itself could not be made. */
  | { readonly failure: string };
