import { monitorEventLoopDelay } from 'node:perf_hooks';
import { issueClasses } from '@koppel/domain/issues';
import type { Database } from '@koppel/persistence';
import { readOperations, type Operations } from '@koppel/persistence/read';
import { queueNames, type Queues } from '../queues.js';
import type { DeliveryResults } from './delivery-results.js';
import type { ExactCalls } from './exact-calls.js';
import { exposition, type Metric, type Sample } from './exposition.js';
import type { SurvivedFaults } from './survived-faults.js';

const lagResolutionMs = 20;
const queueStates = ['waiting', 'active', 'delayed', 'failed'] as const;

/** What a monitoring system is told by a worker. Numbers of the installation are the same from every worker. */
export class WorkerMetrics {
  private readonly lag = monitorEventLoopDelay({ resolution: lagResolutionMs });

  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly counted: {
      readonly calls: ExactCalls;
      readonly deliveries: DeliveryResults;
      readonly survived: SurvivedFaults;
    },
  ) {
    this.lag.enable();
  }

  /** Prometheus's text format; throws when the database or the queue does not answer. */
  async read(): Promise<string> {
    const operations = await readOperations(this.database);
    return exposition([
      ...metricsOf(operations),
      {
        name: 'exact_requests_total',
        help: 'Calls of this process to Exact, by class of the answer',
        type: 'counter',
        samples: this.counted.calls.samples(),
      },
      {
        name: 'webhook_delivery_total',
        help: 'Attempts of this process to deliver an event to a webhook, by how they ended',
        type: 'counter',
        samples: this.counted.deliveries.samples(),
      },
      {
        name: 'fenced_writes_total',
        help: 'Work of this process that was not stored because another worker had taken it over or it was cancelled',
        type: 'counter',
        samples: this.counted.survived.fencedSamples(),
      },
      {
        name: 'queue_rebuilds_total',
        help: 'Times that this process found the queue emptied and gave it its schedules again',
        type: 'counter',
        samples: this.counted.survived.rebuildSamples(),
      },
      {
        name: 'upkeep_rests_total',
        help: 'Times that this process left upkeep alone for an hour because it had stopped three workers',
        type: 'counter',
        samples: this.counted.survived.restSamples(),
      },
      { name: 'queue_depth', help: 'Jobs', type: 'gauge', samples: await this.depths() },
      {
        name: 'event_loop_lag_seconds',
        help: 'The longest since the last reading',
        type: 'gauge',
        samples: [{ value: this.takeLag() }],
      },
    ]);
  }

  private async depths(): Promise<Sample[]> {
    const perQueue = queueNames.map(async (queue) => {
      const counts = await this.queues[queue].getJobCounts(...queueStates);
      return queueStates.map((state) => ({ labels: { queue, state }, value: counts[state] ?? 0 }));
    });
    return (await Promise.all(perQueue)).flat();
  }

  /**
   * The histogram measures from tick to tick: what is over the resolution came late. The longest and no percentile, since a loop that
   * is blocked for a minute is one sample of many (F05).
   */
  private takeLag(): number {
    const lateMs = this.lag.max / 1e6 - lagResolutionMs;
    this.lag.reset();
    return Math.max(0, lateMs) / 1_000;
  }
}

function metricsOf(of: Operations): Metric[] {
  const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
    ...{ name, help, samples },
    type: 'gauge',
  });
  const age = (value: number | undefined) => [{ value: value ?? 0 }];
  return [
    gauge('outbox_oldest_age_seconds', 'Since the oldest message that is due', age(of.outboxOldestAgeS)),
    gauge('sync_lag_seconds', 'Since the active administration read longest ago', age(of.syncLagS)),
    gauge('token_age_seconds', 'Since the oldest access token in use was given', age(of.tokenAgeS)),
    gauge(
      'connections',
      'Connections with Exact',
      of.connections.map(({ state, count }) => ({ labels: { state }, value: count })),
    ),
    gauge(
      'exact_budget_remaining',
      'Calls that the tightest administration has left',
      of.budgets.map(({ window, remaining }) => ({ labels: { window }, value: remaining })),
    ),
    gauge('exact_circuits_open', 'Of Exact hosts and of single administrations that gave no answer', [
      { labels: { of: 'host' }, value: of.openCircuits.hosts },
      { labels: { of: 'administration' }, value: of.openCircuits.administrations },
    ]),
    gauge('sync_steps_failed', 'Steps that were given up within a day', [{ value: of.failedOfDay.steps }]),
    gauge('writes_failed', 'Writes into Exact that failed within a day', [{ value: of.failedOfDay.writes }]),
    gauge(
      'issues_open',
      'Open issues of all tenants, by class',
      issueClasses.map((name) => ({
        labels: { class: name },
        value: of.openIssues.find((each) => each.class === name)?.count ?? 0,
      })),
    ),
  ];
}
