import { Controller, Inject } from '@nestjs/common';
import { getPlanEndpoint, type Response } from '@koppel/contracts';
import { isReadLately, participants, readSince } from '@koppel/domain/coupling';
import type { Deps } from '@koppel/domain/kernel';
import { planWrites, textOfValue } from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { countPlanLinks, readAdministrations, readCoupling } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { DATABASE, DEPS } from '../tokens.js';

/** Lines that the plan lists; beyond that its counts tell. */
const updatesMax = 500;

@Controller()
export class PlanController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(getPlanEndpoint)
  async get(@Call() call: Call<typeof getPlanEndpoint>): Promise<Response<typeof getPlanEndpoint>> {
    const { tenantId } = call;
    const plan = await planWrites(this.deps, { tenantId, updatesMax });
    const now = this.deps.now();
    const { administrations, links, coupling } = await inTenant(this.database, tenantId, async (tx) => ({
      administrations: await readAdministrations(tx, tenantId),
      links: await countPlanLinks(tx, tenantId),
      coupling: (await readCoupling(tx, { tenantId, now })).coupling,
    }));
    const readAt = readSince(participants(coupling, administrations.all));
    return {
      perAdministration: administrations.all
        .filter(({ id }) => plan.accounts.has(id))
        .map(({ id, name }) => ({
          administrationId: id,
          name,
          updates: plan.accounts.get(id) ?? 0,
          creates: plan.creates.get(id) ?? 0,
          waiting: plan.waiting.get(id) ?? 0,
          isAboveShare: plan.aboveShare.includes(id),
          links: links.get(id) ?? 0,
        })),
      updates: plan.updates.map(({ from, to, ...update }) => ({
        ...update,
        from: textOfValue(from),
        to: textOfValue(to),
      })),
      isCut: plan.isCut,
      readAt: readAt?.toISOString() ?? null,
      isReadLately: isReadLately(readAt, now),
      fingerprint: plan.fingerprint,
    };
  }
}
