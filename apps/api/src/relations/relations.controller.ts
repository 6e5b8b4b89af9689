import { Controller, Inject } from '@nestjs/common';
import {
  chooseLeadingEndpoint,
  editRelationEndpoint,
  getRelationAtEndpoint,
  getRelationEndpoint,
  listRelationsEndpoint,
  notFound,
  unlinkEndpoint,
  useRelationEndpoint,
  type RelationDetail,
  type Response,
} from '@koppel/contracts';
import {
  asId,
  type AdministrationId,
  type Deps,
  type RelationId,
  type SourceRelationId,
  type TenantId,
} from '@koppel/domain/kernel';
import {
  chooseLeading,
  editRelation,
  unlinkSource,
  useRelation,
  type EditRelation,
} from '@koppel/domain/relations';
import { inTenant, type Database, type FullTransaction } from '@koppel/persistence';
import { listRelations, readRelation, readRelationAt } from '@koppel/persistence/read';
import { Call } from '../http/call.js';
import { ProblemError } from '../http/problem-error.js';
import { Route } from '../http/route.js';
import { unwrap } from '../http/unwrap.js';
import { DATABASE, DEPS } from '../tokens.js';
import { toRelationDetail, toRelationSummary } from './relation-response.js';

@Controller()
export class RelationsController {
  constructor(
    @Inject(DEPS) private readonly deps: Deps<FullTransaction>,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Route(listRelationsEndpoint)
  async list(
    @Call() call: Call<typeof listRelationsEndpoint>,
  ): Promise<Response<typeof listRelationsEndpoint>> {
    const page = await inTenant(this.database, call.tenantId, (tx) => listRelations(tx, call.query));
    return { ...page, items: page.items.map(toRelationSummary) };
  }

  @Route(getRelationEndpoint)
  get(@Call() call: Call<typeof getRelationEndpoint>): Promise<RelationDetail> {
    return this.read(call.tenantId, asId(call.params.id));
  }

  @Route(getRelationAtEndpoint)
  async at(
    @Call() call: Call<typeof getRelationAtEndpoint>,
  ): Promise<Response<typeof getRelationAtEndpoint>> {
    const { tenantId, query } = call;
    const asked = { tenantId, id: asId<RelationId>(call.params.id), moment: new Date(query.moment) };
    const found = await inTenant(this.database, tenantId, (tx) => readRelationAt(tx, asked));
    if (!found) throw new ProblemError(notFound);
    return { moment: query.moment, values: found.values, changedSince: [...found.changedSince] };
  }

  @Route(editRelationEndpoint)
  async edit(@Call() call: Call<typeof editRelationEndpoint>): Promise<RelationDetail> {
    const { tenantId, actor, body } = call;
    const values = definedOnly(body.values);
    const command = {
      tenantId,
      actor,
      relationId: asId<RelationId>(call.params.id),
      version: body.version,
      values,
    };
    return this.read(tenantId, unwrap(editRelationEndpoint, await editRelation(this.deps, command)));
  }

  @Route(chooseLeadingEndpoint)
  async chooseLeading(@Call() call: Call<typeof chooseLeadingEndpoint>): Promise<RelationDetail> {
    const { tenantId, actor, body } = call;
    const command = {
      ...body,
      tenantId,
      actor,
      relationId: asId<RelationId>(call.params.id),
      sourceRelationId: asId<SourceRelationId>(body.sourceRelationId),
    };
    return this.read(tenantId, unwrap(chooseLeadingEndpoint, await chooseLeading(this.deps, command)));
  }

  @Route(unlinkEndpoint)
  async unlink(@Call() call: Call<typeof unlinkEndpoint>): Promise<Response<typeof unlinkEndpoint>> {
    const { tenantId, actor, body } = call;
    const unlinked = await unlinkSource(this.deps, {
      tenantId,
      actor,
      version: body.version,
      relationId: asId<RelationId>(call.params.id),
      sourceRelationId: asId<SourceRelationId>(body.sourceRelationId),
    });
    return unwrap(unlinkEndpoint, unlinked);
  }

  @Route(useRelationEndpoint)
  async use(@Call() call: Call<typeof useRelationEndpoint>): Promise<Response<typeof useRelationEndpoint>> {
    const { tenantId, actor, params, body } = call;
    const relationId = asId<RelationId>(params.id);
    const administrationId = asId<AdministrationId>(body.administrationId);
    const { roles } = body;
    return unwrap(
      useRelationEndpoint,
      await useRelation(this.deps, { tenantId, actor, relationId, administrationId, roles }),
    );
  }

  private async read(tenantId: TenantId, id: RelationId): Promise<RelationDetail> {
    const detail = await inTenant(this.database, tenantId, (tx) => readRelation(tx, { tenantId, id }));
    if (!detail) throw new ProblemError(notFound);
    return toRelationDetail(detail);
  }
}

/** Zod says `undefined` where a key is missing; for us a missing key is no change. */
function definedOnly(values: {
  readonly [Key in keyof EditRelation['values']]?: EditRelation['values'][Key] | undefined;
}): EditRelation['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
