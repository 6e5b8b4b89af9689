import { Controller, Inject } from '@nestjs/common';
import {
  decideProposalEndpoint,
  getProposalEndpoint,
  listProposalReasonsEndpoint,
  listProposalsEndpoint,
  notFound,
  type ProposalDetail,
  type Response,
} from '@koppel/contracts';
import {
  asId,
  type Deps,
  type ProposalId,
  type SourceRelationId,
  type TenantId,
} from '@koppel/domain/kernel';
import { reasonName } from '@koppel/domain/matching';
import { decideProposal, dutchDay, type DecideProposal } from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import {
  countProposals,
  countReasons,
  haveLessons,
  listProposals,
  readProposal,
} from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';
import { toProposalDetail, toProposalSummary } from './proposal-response.js';

@Controller()
export class ProposalsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(listProposalsEndpoint)
  list(@Call() call: Call<typeof listProposalsEndpoint>): Promise<Response<typeof listProposalsEndpoint>> {
    return inTenant(this.database, call.tenantId, async (tx) => {
      const page = await listProposals(tx, call.query);
      const counts = await countProposals(tx);
      const { items, nextCursor } = page;
      const isRanked = await haveLessons(tx);
      return { items: items.map(toProposalSummary), nextCursor, total: null, counts, isRanked };
    });
  }

  @Route(listProposalReasonsEndpoint)
  async reasons(
    @Call() call: Call<typeof listProposalReasonsEndpoint>,
  ): Promise<Response<typeof listProposalReasonsEndpoint>> {
    const { state, kind } = call.query;
    const counted = await inTenant(this.database, call.tenantId, (tx) => countReasons(tx, { state, kind }));
    const items = counted.flatMap(({ key, pairs }) => {
      const text = key === 'prior' ? undefined : reasonName(key);
      return text ? [{ key, text, pairs }] : [];
    });
    return { items };
  }

  @Route(getProposalEndpoint)
  get(@Call() call: Call<typeof getProposalEndpoint>): Promise<ProposalDetail> {
    return this.read(call.tenantId, asId(call.params.id));
  }

  @Route(decideProposalEndpoint)
  async decide(
    @Call() call: Call<typeof decideProposalEndpoint>,
  ): Promise<Response<typeof decideProposalEndpoint>> {
    const { tenantId, actor, body } = call;
    const proposalId = asId<ProposalId>(call.params.id);
    const { version, verdict } = body;
    const decided = await decideProposal(this.deps, {
      tenantId,
      proposalId,
      actor,
      version,
      verdict,
      ...choicesOf(body),
    });
    const { actionId, relationId } = unwrap(decideProposalEndpoint, decided);
    return { proposal: await this.read(tenantId, proposalId), actionId, relationId };
  }

  private async read(tenantId: TenantId, id: ProposalId): Promise<ProposalDetail> {
    const today = dutchDay(this.deps.now());
    const detail = await inTenant(this.database, tenantId, (tx) => readProposal(tx, { tenantId, id, today }));
    if (!detail) throw new ProblemError(notFound);
    return toProposalDetail(detail);
  }
}

function choicesOf(
  body: Call<typeof decideProposalEndpoint>['body'],
): Pick<DecideProposal, 'leading' | 'bookOn'> {
  const leading = Object.fromEntries(
    Object.entries(body.leading ?? {}).flatMap(([field, source]) =>
      source === undefined ? [] : [[field, asId<SourceRelationId>(source)]],
    ),
  );
  return { leading, bookOn: (body.bookOn ?? []).map((source) => asId<SourceRelationId>(source)) };
}
