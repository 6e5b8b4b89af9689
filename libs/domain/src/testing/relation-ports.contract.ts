import { beforeEach, describe } from 'vitest';
import type { SyncRunId } from '../kernel/index.js';
import type {
  LinksTx,
  MatchKeysTx,
  MatchModelTx,
  ProposalsTx,
  RelationsTx,
  SourceRelation,
  SourceRelationsTx,
} from '../relations/index.js';
import { describeLinks } from './links.contract.js';
import { describeMatchKeys } from './match-keys.contract.js';
import { describeMatchModel } from './match-model.contract.js';
import { describeQuestionedAccounts } from './questioned-accounts.contract.js';
import { describeRelations } from './relations.contract.js';
import { describeChanges } from './source-changes.contract.js';
import { describeSources } from './source-relations.contract.js';

/** The ports, and what fetching does: it stores an account, changed in a run, with its bank accounts. */
export interface RelationPortsWorld
  extends RelationsTx, LinksTx, SourceRelationsTx, MatchKeysTx, MatchModelTx, ProposalsTx {
  put(source: SourceRelation, changedInRun: SyncRunId | null, ibans?: readonly string[]): Promise<void>;
}

/** What every adapter of the ports of relations and their accounts does. `make` gives an empty world. */
export function describeRelationPortsContract(make: () => Promise<RelationPortsWorld>): void {
  let world: RelationPortsWorld;
  beforeEach(async () => {
    world = await make();
  });

  describe('Relations', () => describeRelations(() => world));
  describe('Links', () => describeLinks(() => world));
  describe('SourceRelations', () => describeSources(() => world));
  describe('SourceRelations, changes', () => describeChanges(() => world));
  describe('MatchKeys', () => describeMatchKeys(() => world));
  describe('MatchModel', () => describeMatchModel(() => world));
  describe('Proposals and accounts', () => describeQuestionedAccounts(() => world));
}
