import type { Transport } from '@koppel/exact-client';
import type { FullTransaction } from '@koppel/persistence';
import type { Services } from '@koppel/worker/handlers';
import type { CrashPoints } from './crash-points.js';

/** The same services; each await of a port is a crash point, inside of transactions too. */
export function watchedServices(services: Services, points: CrashPoints): Services {
  const { deps } = services;
  const uow: Services['deps']['uow'] = {
    run: async (tenantId, work) => {
      await points.reach('begin');
      return deps.uow.run(tenantId, async (tx) => {
        const result = await work(watchedPorts(tx, points));
        await points.reach(result.ok ? 'commit' : 'roll back');
        return result;
      });
    },
  };
  return {
    ...services,
    deps: { ...deps, uow },
    relationSource: watchedPort(services.relationSource, { name: 'relationSource', points }),
    writeSource: watchedPort(services.writeSource, { name: 'writeSource', points }),
  };
}

/** The way to Exact: a point before each call, and one when Exact has acted and nothing of that is known here yet. */
export function watchedTransport(transport: Transport, points: CrashPoints): Transport {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const call = `${request.method} ${pathname.replace(/^\/api\/v1\/\d+\//, '').replace(/\(.*\)/, '')}`;
    await points.reach(`send ${call}`);
    const answer = await transport(request);
    await points.reach(`answer of ${call}`);
    return answer;
  };
}

function watchedPorts(tx: FullTransaction, points: CrashPoints): FullTransaction {
  const ports = Object.entries(tx).map(([name, port]) => [
    name,
    watchedPort(port as object, { name, points }),
  ]);
  return Object.fromEntries(ports) as FullTransaction; // the same ports under the same names
}

type Call = (...args: unknown[]) => Promise<unknown>;

function watchedPort<P extends object>(port: P, { name, points }: { name: string; points: CrashPoints }): P {
  return new Proxy(port, {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await points.reach(`${name}.${String(property)}`);
        return (member as Call).apply(target, args);
      };
    },
  });
}
