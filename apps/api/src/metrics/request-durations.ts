import { syncRunEventsPath } from '@koppel/contracts';
import type { FastifyInstance } from 'fastify';
import type { Metric, Sample } from './exposition.js';

/** Upper ends of the buckets in seconds: from a read of one row to a large batch. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
/** More than routes times methods times statuses; what comes after is not counted. */
const seriesMax = 5_000;

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Not cumulative; the last one is for what is slower than all bounds. */
  readonly buckets: number[];
  sumS: number;
}

/** How long answers took, by method, route pattern and status. */
export class RequestDurations {
  private readonly series = new Map<string, Series>();

  observe(labels: Readonly<Record<string, string>>, seconds: number): void {
    const name = JSON.stringify(labels);
    const known = this.series.get(name);
    if (!known && this.series.size >= seriesMax) return;
    const series = known ?? { labels, buckets: Array.from({ length: bounds.length + 1 }, () => 0), sumS: 0 };
    const found = bounds.findIndex((bound) => seconds <= bound);
    const index = found === -1 ? bounds.length : found;
    series.buckets[index] = (series.buckets[index] ?? 0) + 1;
    series.sumS += seconds;
    this.series.set(name, series);
  }

  metric(): Metric {
    return {
      name: 'http_server_request_duration_seconds',
      help: 'From the request to the end of its answer; event streams are left out',
      type: 'histogram',
      samples: [...this.series.values()].flatMap(samplesOf),
    };
  }
}

function samplesOf({ labels, buckets, sumS }: Series): Sample[] {
  let count = 0;
  const cumulative = buckets.map((own, index) => {
    count += own;
    const le = String(bounds[index] ?? '+Inf');
    return { suffix: '_bucket', labels: { ...labels, le }, value: count };
  });
  return [...cumulative, { suffix: '_sum', labels, value: sumS }, { suffix: '_count', labels, value: count }];
}

/** Measures every answer except event streams, which last as long as somebody looks. */
export function measureRequests(server: FastifyInstance, durations: RequestDurations): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    if (route !== syncRunEventsPath) durations.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
}
