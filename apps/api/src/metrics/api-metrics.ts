import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Database } from '@koppel/persistence';
import { exposition, type Metric } from './exposition.js';
import type { RequestDurations } from './request-durations.js';

const lagResolutionMs = 20;

/** What a monitoring system is told by an api process. Reads no database: it answers when that does not. */
export class ApiMetrics {
  private readonly lag = monitorEventLoopDelay({ resolution: lagResolutionMs });

  constructor(
    private readonly database: Pick<Database, 'turns'>,
    private readonly durations: RequestDurations,
  ) {
    this.lag.enable();
  }

  /** Prometheus's text format. */
  async read(): Promise<string> {
    const waiting = this.database.turns?.waitingCount ?? 0;
    return exposition([
      this.durations.metric(),
      gauge('db_pool_waiting', 'Transactions that wait for a connection', waiting),
      gauge('event_loop_lag_seconds', '99th percentile since the last reading', this.takeLag()),
    ]);
  }

  /** The histogram measures from tick to tick: what is over the resolution came late. */
  private takeLag(): number {
    const lateMs = this.lag.percentile(99) / 1e6 - lagResolutionMs;
    this.lag.reset();
    return Math.max(0, lateMs) / 1_000;
  }
}

const gauge = (name: string, help: string, value: number): Metric => ({
  ...{ name, help },
  type: 'gauge',
  samples: [{ value }],
});
