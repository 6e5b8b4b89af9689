import { Controller, Inject } from '@nestjs/common';
import { getDashboardEndpoint, type Dashboard } from '@koppel/contracts';
import type { Administration } from '@koppel/domain/administrations';
import { ok, type Deps } from '@koppel/domain/kernel';
import { countMissingSettings, withSettings } from '@koppel/domain/settings';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import {
  countForDashboard,
  countOpenIssues,
  estimateWriteSeconds,
  listConnections,
  noWrites,
  readBudgets,
  unusedBudget,
  type OpenWrites,
} from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { DATABASE, DEPS } from '../tokens.js';
import { healthOf } from './health.js';

@Controller()
export class DashboardController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(getDashboardEndpoint)
  async get(@Call() call: Call<typeof getDashboardEndpoint>): Promise<Dashboard> {
    const own = await this.readOwn(call);
    const read = await inTenant(this.database, call.tenantId, async (tx) => ({
      counts: await countForDashboard(tx),
      issues: await countOpenIssues(tx),
      budgets: await readBudgets(tx),
      connections: await listConnections(tx),
    }));
    return toDashboard(own, read);
  }

  private async readOwn(call: Call<typeof getDashboardEndpoint>) {
    const answered = await this.deps.uow.run(call.tenantId, async (tx) => {
      const administrations = withSettings(await tx.administrations.findMany());
      const ids = administrations.map(({ id }) => id);
      return ok({
        administrations,
        coupling: await tx.couplings.find(),
        incompleteSettings: await countMissingSettings(tx, ids),
      });
    });
    if (!answered.ok) throw new Error('reading cannot be refused');
    return answered.value;
  }
}

interface Own {
  readonly administrations: readonly Administration[];
  readonly coupling: { readonly step: string; readonly frozenSince: Date | null } | undefined;
  readonly incompleteSettings: number;
}

interface Read {
  readonly counts: Awaited<ReturnType<typeof countForDashboard>>;
  readonly issues: Awaited<ReturnType<typeof countOpenIssues>>;
  readonly budgets: Awaited<ReturnType<typeof readBudgets>>;
  readonly connections: Awaited<ReturnType<typeof listConnections>>;
}

function toDashboard(own: Own, read: Read): Dashboard {
  const administrations = own.administrations.map((administration) => toCard(administration, read));
  return {
    isActive: own.coupling?.step === 'active',
    step: own.coupling?.step ?? 'connect',
    isFrozen: own.coupling !== undefined && own.coupling.frozenSince !== null,
    openRunId: read.counts.openRunId,
    administrations,
    connections: read.connections.map(({ stateReason: _, ...connection }) => ({
      ...connection,
      authorisedAt: connection.authorisedAt.toISOString(),
      refreshExpiresAt: connection.refreshExpiresAt?.toISOString() ?? null,
    })),
    waiting: { ...read.counts.waiting, incompleteSettings: own.incompleteSettings },
    writes: {
      waiting: administrations.reduce((sum, { writes }) => sum + writes, 0),
      secondsLeft: estimateWriteSeconds(
        administrations.map(({ id, budget }) => ({ ...writesOf(id, read), budget })),
      ),
    },
    totals: read.counts.totals,
  };
}

function toCard(administration: Administration, read: Read): Dashboard['administrations'][number] {
  const openIssues = read.issues.get(administration.id) ?? 0;
  const connection = read.connections.find(({ id }) => id === administration.connectionId);
  const health = healthOf(administration, {
    isConnectionBroken: connection?.state !== 'active',
    isBusy: read.counts.busyAdministrationIds.has(administration.id),
    openIssues,
    openDoubles: read.counts.doublesByAdministration.get(administration.id) ?? 0,
  });
  return {
    id: administration.id,
    name: administration.name,
    code: administration.code,
    legalName: administration.legalName,
    kvk: administration.kvk,
    health,
    lastSyncedAt: administration.lastSyncedAt?.toISOString() ?? null,
    nextSyncAt: administration.nextSyncAt?.toISOString() ?? null,
    records: read.counts.recordsByAdministration.get(administration.id) ?? 0,
    openIssues,
    writes: writesOf(administration.id, read).writes,
    budget: read.budgets.get(administration.id) ?? unusedBudget,
  };
}

function writesOf(id: string, { counts }: Read): OpenWrites {
  return counts.writesByAdministration.get(id) ?? noWrites;
}
