import { Controller, Inject } from '@nestjs/common';
import { getRelationEvidenceEndpoint, notFound, type Response } from '@koppel/contracts';
import type { Administration } from '@koppel/domain/administrations';
import { asId, ok, type Deps, type RelationId } from '@koppel/domain/kernel';
import { MATCHER_VERSION, type MatchRecord } from '@koppel/domain/matching';
import { explainRelation, findSurvivor, type JoinedPair } from '@koppel/domain/relations';
import type { FullTransaction } from '@koppel/persistence';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { DEPS } from '../tokens.js';
import { toReason } from './proposal-response.js';

type Evidence = Response<typeof getRelationEvidenceEndpoint>;

@Controller()
export class EvidenceController {
  constructor(@Inject(DEPS) private readonly deps: Deps<FullTransaction>) {}

  @Route(getRelationEvidenceEndpoint)
  async evidence(@Call() call: Call<typeof getRelationEvidenceEndpoint>): Promise<Evidence> {
    const found = await this.deps.uow.run(call.tenantId, async (tx) => {
      const relation = await findSurvivor(tx, asId<RelationId>(call.params.id));
      if (!relation) return ok(undefined);
      const administrations = await tx.administrations.findMany();
      const byId = new Map<string, Administration>(administrations.map((one) => [one.id, one]));
      return ok({ ...(await explainRelation(tx, relation.id)), administrations: byId });
    });
    if (!found.ok || !found.value) throw new ProblemError(notFound);
    const { pairs, untold, administrations } = found.value;
    return {
      ...{ untold, matcherVersion: MATCHER_VERSION },
      pairs: pairs.map((pair) => toPair(pair, administrations)),
    };
  }
}

type Administrations = ReadonlyMap<string, Administration>;

function toPair(
  { one, other, verdict }: JoinedPair,
  administrations: Administrations,
): Evidence['pairs'][number] {
  const positionOf = ({ administrationId }: MatchRecord): number =>
    administrations.get(administrationId)?.position ?? Number.MAX_SAFE_INTEGER;
  const [left, right] = positionOf(other) < positionOf(one) ? [other, one] : [one, other];
  return {
    left: toAccount(left, administrations),
    right: toAccount(right, administrations),
    score: verdict.score,
    probability: verdict.probability,
    reasons: verdict.reasons.map(toReason),
    vetoes: verdict.vetoes.map(toReason),
  };
}

function toAccount(
  { id, name, administrationId }: MatchRecord,
  administrations: Administrations,
): Evidence['pairs'][number]['left'] {
  const administrationName = administrations.get(administrationId)?.name ?? '';
  return { sourceRelationId: id, name, administrationName };
}
