import { sql } from 'drizzle-orm';
import { asId, ok, type ProposalId, type SourceRelationId, type TenantId } from '@koppel/domain/kernel';
import { decideProposal, shownVersion, undoAction } from '@koppel/domain/relations';
import type { Services } from '@koppel/worker/handlers';
import { anna, expectOk, read } from './person.js';

const pairsMax = 4;

interface Pair {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly kind: string;
  readonly source_a: string;
  readonly state: string;
  readonly action_id: string | null;
  readonly undone: boolean;
}

/** Says "the same" to the first pairs that are asked, each once, and takes the first of these decisions back. */
export async function mergeSome(services: Services, tenantId: TenantId): Promise<void> {
  const pairs = await pairsToDecide(services, tenantId);
  if (pairs.length === 0) throw new Error('the world asks nothing');
  for (const pair of pairs) if (pair.state === 'open' && !pair.undone) await decide(services, tenantId, pair);
  const [first] = await pairsToDecide(services, tenantId);
  if (!first || first.undone || first.action_id === null) return;
  expectOk(
    await undoAction(services.deps, { tenantId, actionId: asId<never>(first.action_id), actor: anna }),
  );
}

async function decide(services: Services, tenantId: TenantId, pair: Pair): Promise<void> {
  const proposalId = asId<ProposalId>(pair.id);
  const version = await versionOf(services, tenantId, proposalId);
  if (version === undefined) return;
  const command = { tenantId, proposalId, version, verdict: 'same', actor: anna } as const;
  const bookOn = pair.kind === 'double' ? { bookOn: [asId<SourceRelationId>(pair.source_a)] } : {};
  expectOk(await decideProposal(services.deps, { ...command, ...bookOn }));
}

/** In an order that does not depend on ids of ours; first pairs of two administrations, whose accounts are written to. */
function pairsToDecide(services: Services, tenantId: TenantId): Promise<Pair[]> {
  return read<Pair>(
    services,
    tenantId,
    sql`select p.id, p.kind, p.source_a, p.state, p.action_id,
        exists (select from actions u where u.kind = 'undo') as undone
      from proposals p join source_relations a on a.id = p.source_a join source_relations b on b.id = p.source_b
      where not a.is_own_company and not b.is_own_company
      order by p.kind = 'double', least(a.exact_id::text, b.exact_id::text), greatest(a.exact_id::text, b.exact_id::text), p.created_at
      limit ${pairsMax}`,
  );
}

/** What a person sees on the page; undefined when the pair is not asked any more. */
async function versionOf(
  { deps }: Services,
  tenantId: TenantId,
  id: ProposalId,
): Promise<number | undefined> {
  const shown = await deps.uow.run(tenantId, async (tx) => {
    const proposal = await tx.proposals.findById(id);
    if (proposal?.state !== 'open') return ok(undefined);
    const relations = await tx.relations.findMany([proposal.relationA, proposal.relationB]);
    return ok(shownVersion(proposal, relations));
  });
  return shown.ok ? shown.value : undefined;
}
