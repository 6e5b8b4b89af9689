import { eq } from 'drizzle-orm';
import type { ProposalId, TenantId } from '@koppel/domain/kernel';
import type { LearntModel, MatchRecord, Reason } from '@koppel/domain/matching';
import {
  accountsPerAdministration,
  differingFields,
  linkedMember,
  readContradictions,
  shownVersion,
  suggestBookOn,
  type DifferingField,
  type LinkedMember,
} from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { DrizzleLinks } from '../relations/drizzle-links.js';
import { DrizzleMatchModel } from '../relations/drizzle-match-model.js';
import { DrizzleRelations } from '../relations/drizzle-relations.js';
import { DrizzleSourceRelations } from '../relations/drizzle-source-relations.js';
import { proposals } from '../schema/index.js';
import { contradictionPorts } from './contradiction-ports.js';
import { selectProposals, toRow, type ProposalRow, type ProposalSide } from './proposals.js';
import { readSources, type SourceRow } from './sources.js';

export interface ProposalDetail {
  readonly row: ProposalRow;
  readonly left: readonly SourceRow[];
  readonly right: readonly SourceRow[];
  readonly members: readonly LinkedMember[];
  /** The two accounts as the matcher reads them; empty when one is gone. */
  readonly compared: readonly MatchRecord[];
  /** What keeps other accounts of the two relations apart. */
  readonly contradictions: readonly Reason[];
  /** What the matcher has learnt of the tenant's names. */
  readonly learnt: LearntModel | undefined;
  readonly differing: readonly DifferingField[];
  /** Per administration that would get two accounts: the one to book on. */
  readonly suggestedBookOn: readonly string[];
  /** What a decision must name. */
  readonly version: number;
}

/** A pair with both relations' accounts side by side; undefined when there is none. `today` is YYYY-MM-DD. */
export async function readProposal(
  tx: Tx,
  { tenantId, id, today }: { readonly tenantId: TenantId; readonly id: ProposalId; readonly today: string },
): Promise<ProposalDetail | undefined> {
  const [selected] = await selectProposals(tx).where(eq(proposals.id, id));
  if (!selected) return undefined;
  const row = toRow(selected);
  const ids = [...new Set([row.relationA, row.relationB])];
  const both = await new DrizzleRelations(tx, tenantId).findMany(ids);
  const links = Map.groupBy(
    await new DrizzleLinks(tx, tenantId).findOfRelations(ids),
    (link) => link.sourceRelationId,
  );
  const sources = await readSources(tx, [...new Set([...links.keys(), row.sourceA, row.sourceB])]);
  const members = sources.map(({ source, administration }) =>
    linkedMember(
      { source, position: administration.position, localFields: administration.localFields },
      links.get(source.id) ?? [],
    ),
  );
  const relationOf = (source: SourceRow) => links.get(source.source.id)?.[0]?.relationId;
  const isOne = row.relationA === row.relationB;
  const sideOf = (side: ProposalSide) =>
    sources.filter((row) => (isOne ? row.source.id === side.sourceId : relationOf(row) === side.relationId));
  return {
    row,
    left: sideOf(row.left),
    right: sideOf(row.right),
    members,
    compared: await readCompared(tx, tenantId, row),
    contradictions: isOne ? [] : await readContradictions(contradictionPorts(tx, tenantId), row),
    learnt: await new DrizzleMatchModel(tx, tenantId).find(),
    differing: differingFields(members, both, today),
    suggestedBookOn: [...accountsPerAdministration(members).values()]
      .filter((accounts) => accounts.length > 1)
      .flatMap((accounts) => suggestBookOn(accounts)?.source.id ?? []),
    version: shownVersion(row, both),
  };
}

async function readCompared(
  tx: Tx,
  tenantId: TenantId,
  { sourceA, sourceB }: ProposalRow,
): Promise<MatchRecord[]> {
  const accounts = await new DrizzleSourceRelations(tx, tenantId).findComparablesOf([sourceA, sourceB]);
  return accounts.map(({ record }) => record);
}
