import type { ActsTx } from '@koppel/domain/history';
import type { TenantId } from '@koppel/domain/kernel';
import type {
  ActionsTx,
  ConflictsTx,
  ErasureTx,
  FreezeTx,
  JudgementsTx,
  LinksTx,
  MatchKeysTx,
  MatchModelTx,
  MissingAccountsTx,
  ProposalsTx,
  RelationsTx,
  SourceRelationsTx,
} from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { silentEvents, type Events } from '../events/drizzle-events.js';
import { DrizzleActions } from './drizzle-actions.js';
import { DrizzleActs } from './drizzle-acts.js';
import { DrizzleConflicts } from './drizzle-conflicts.js';
import { DrizzleErasure } from './drizzle-erasure.js';
import { DrizzleFreeze } from './drizzle-freeze.js';
import { DrizzleJudgements } from './drizzle-judgements.js';
import { DrizzleLinks } from './drizzle-links.js';
import { DrizzleMatchKeys } from './drizzle-match-keys.js';
import { DrizzleMatchModel } from './drizzle-match-model.js';
import { DrizzleMissingAccounts } from './drizzle-missing-accounts.js';
import { DrizzleProposals } from './drizzle-proposals.js';
import { DrizzleRelations } from './drizzle-relations.js';
import { DrizzleSourceRelations } from './drizzle-source-relations.js';

/** What the use cases of relations reach in a transaction. */
export type RelationPorts = SourceRelationsTx &
  RelationsTx &
  LinksTx &
  MatchKeysTx &
  MatchModelTx &
  JudgementsTx &
  ProposalsTx &
  ActionsTx &
  ActsTx &
  ConflictsTx &
  ErasureTx &
  FreezeTx &
  MissingAccountsTx;

/** Their adapters. */
export function relationPortsOf(tx: Tx, tenantId: TenantId, events: Events = silentEvents): RelationPorts {
  return {
    sourceRelations: new DrizzleSourceRelations(tx, tenantId),
    relations: new DrizzleRelations(tx, tenantId, events),
    links: new DrizzleLinks(tx, tenantId),
    matchKeys: new DrizzleMatchKeys(tx, tenantId),
    matchModel: new DrizzleMatchModel(tx, tenantId),
    judgements: new DrizzleJudgements(tx, tenantId),
    proposals: new DrizzleProposals(tx, tenantId),
    actions: new DrizzleActions(tx, tenantId),
    acts: new DrizzleActs(tx, tenantId),
    conflicts: new DrizzleConflicts(tx, tenantId, events),
    erasure: new DrizzleErasure(tx, tenantId),
    freeze: new DrizzleFreeze(tx),
    missingAccounts: new DrizzleMissingAccounts(tx, tenantId),
  };
}
