import { Controller, Inject } from '@nestjs/common';
import {
  acceptBatchEndpoint,
  previewBatchEndpoint,
  type ProposalBatch,
  type Response,
} from '@koppel/contracts';
import type { Deps } from '@koppel/domain/kernel';
import { expectErrors } from '@koppel/domain/matching';
import { acceptBatch, acceptedMax } from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { listProposals, previewBatch } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { DATABASE, DEPS } from '../tokens.js';
import { toProposalSummary } from './proposal-response.js';

@Controller()
export class BatchesController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(previewBatchEndpoint)
  async preview(@Call() call: Call<typeof previewBatchEndpoint>): Promise<ProposalBatch> {
    const [batchId, seenAt] = [this.deps.newId(), this.deps.now().toISOString()];
    const filter = { ...call.query, createdUntil: seenAt };
    const { pairs, leftOut, bands, sample } = await inTenant(this.database, call.tenantId, (tx) =>
      previewBatch(tx, call.tenantId, { filter, seed: batchId }),
    );
    const { errors, answers } = expectErrors(bands);
    return {
      ...{ batchId, seenAt, pairs, leftOut, expectedErrors: errors, answers },
      sample: sample.map(toProposalSummary),
    };
  }

  @Route(acceptBatchEndpoint)
  async accept(
    @Call() call: Call<typeof acceptBatchEndpoint>,
  ): Promise<Response<typeof acceptBatchEndpoint>> {
    const { tenantId, actor } = call;
    const { batchId, seenAt, ...filter } = call.body;
    const asked = { ...filter, createdUntil: seenAt, limit: acceptedMax };
    const page = await inTenant(this.database, tenantId, (tx) => listProposals(tx, asked));
    const proposalIds = page.items.map(({ id }) => id);
    const command = { tenantId, actor, batchId, proposalIds, seenAt: new Date(seenAt) };
    const accepted = await acceptBatch(this.deps, command);
    return { ...accepted, nextCursor: page.nextCursor };
  }
}
