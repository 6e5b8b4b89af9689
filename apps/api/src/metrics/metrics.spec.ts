import fastify from 'fastify';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiMetrics } from './api-metrics.js';
import { exposition } from './exposition.js';
import { measureRequests, RequestDurations } from './request-durations.js';
import { oneAtATime, serveMetrics, urlOf, type MetricsServer } from './serve-metrics.js';

const log = pino({ level: 'silent' });
const anywhere = { host: '127.0.0.1', port: 0 };

let served: MetricsServer | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

describe('RequestDurations', () => {
  it('counts every duration in the buckets that reach it', () => {
    const durations = new RequestDurations();
    for (const seconds of [0.004, 0.2, 30]) durations.observe({ route: '/x' }, seconds);
    const lines = exposition([durations.metric()]).split('\n');

    const name = 'http_server_request_duration_seconds';
    expect(lines).toContain(`# TYPE ${name} histogram`);
    expect(lines).toContain(`${name}_bucket{route="/x",le="0.005"} 1`);
    expect(lines).toContain(`${name}_bucket{route="/x",le="0.1"} 1`);
    expect(lines).toContain(`${name}_bucket{route="/x",le="0.25"} 2`);
    expect(lines).toContain(`${name}_bucket{route="/x",le="10"} 2`);
    expect(lines).toContain(`${name}_bucket{route="/x",le="+Inf"} 3`);
    expect(lines).toContain(`${name}_sum{route="/x"} 30.204`);
    expect(lines).toContain(`${name}_count{route="/x"} 3`);
  });

  it('names the pattern of a route, never the address, and takes what is nowhere as one', async () => {
    const durations = new RequestDurations();
    const server = fastify();
    measureRequests(server, durations);
    server.get('/relations/:id', async () => 'found');
    for (const url of ['/relations/1', '/relations/2', '/secret-1', '/secret-2'])
      await server.inject({ url });
    await server.close();

    const counts = exposition([durations.metric()]).match(/_count\{.*/g);
    expect(counts).toEqual([
      '_count{method="GET",route="/relations/:id",status="200"} 2',
      '_count{method="GET",route="unknown",status="404"} 2',
    ]);
  });
});

describe('exposition', () => {
  it('escapes what would end a label', () => {
    const samples = [{ labels: { of: 'a"b\\c\nd' }, value: 1 }];
    const text = exposition([{ name: 'x', help: 'X', type: 'gauge', samples }]);
    expect(text).toBe('# HELP x X\n# TYPE x gauge\nx{of="a\\"b\\\\c\\nd"} 1\n');
  });
});

describe('the port of the metrics', () => {
  it('serves them, and nothing else', async () => {
    const metrics = new ApiMetrics({ turns: undefined }, new RequestDurations());
    served = await serveMetrics(anywhere, { read: () => metrics.read(), log });
    const answer = await fetch(served.url);

    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await answer.text()).toMatch(/^db_pool_waiting 0\n(?:#.*\n)*event_loop_lag_seconds [\d.e-]+\n$/m);
    expect((await fetch(new URL('/v1/session', served.url))).status).toBe(404);
    expect((await fetch(served.url, { method: 'POST' })).status).toBe(404);
  });

  it('answers 503 while they cannot be read, and goes on', async () => {
    let isBroken = true;
    const read = async () => {
      if (isBroken) throw new Error('secret of the database');
      return 'up 1\n';
    };
    served = await serveMetrics(anywhere, { read, log });
    const broken = await fetch(served.url);
    expect([broken.status, await broken.text()]).toEqual([503, '']);
    isBroken = false;
    expect(await (await fetch(served.url)).text()).toBe('up 1\n');
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:9100/metrics'],
    ['::1', 'http://[::1]:9100/metrics'],
  ])('says where it is: %s', (host, url) => {
    expect(urlOf(host, 9_100)).toBe(url);
  });

  it('reads them once for all that ask at the same time, and anew for who asks later', async () => {
    let reads = 0;
    const { promise, resolve } = Promise.withResolvers<string>();
    const read = oneAtATime(() => {
      reads += 1;
      return reads === 1 ? promise : Promise.resolve('up 2\n');
    });
    const both = Promise.all([read(), read()]);
    resolve('up 1\n');

    expect(await both).toEqual(['up 1\n', 'up 1\n']);
    expect([await read(), reads]).toEqual(['up 2\n', 2]);
  });

  it('is refused when the port is taken', async () => {
    served = await serveMetrics(anywhere, { read: async () => '', log });
    const port = Number(new URL(served.url).port);
    await expect(serveMetrics({ ...anywhere, port }, { read: async () => '', log })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});
