import type { Deps, UnitOfWork } from '@koppel/domain/kernel';
import type { RelationSource } from '@koppel/domain/sync';
import type { Precedence } from './precedence.js';

/** The same source, whose pages for first couplings come when no resync is under way: neither asked for nor stored before. */
export function sourceGivingWay(source: RelationSource, precedence: Precedence): RelationSource {
  return {
    countAccounts: (administration, purpose) => source.countAccounts(administration, purpose),
    countParts: (administration, kind, purpose) => source.countParts(administration, kind, purpose),
    movedAt: (administration, purpose) => source.movedAt(administration, purpose),
    mayReadAccounts: (administration, purpose) => source.mayReadAccounts(administration, purpose),
    fetchPage: async (request) => {
      if (request.purpose !== 'initial') return source.fetchPage(request);
      await precedence.giveWay();
      const page = await source.fetchPage(request);
      await precedence.giveWay();
      return page;
    },
  };
}

/** The same, each of whose transactions begins when no resync is under way. */
export function depsGivingWay<Tx, D extends Deps<Tx>>(deps: D, precedence: Precedence): D {
  const run: UnitOfWork<Tx>['run'] = async (tenantId, work) => {
    await precedence.giveWay();
    return deps.uow.run(tenantId, work);
  };
  return { ...deps, uow: { run } };
}
