import { aRelationsWorld } from './a-relations-world.js';
import { describeDecisionPortsContract } from './decision-ports.contract.js';
import { describeErasureContract } from './erasure.contract.js';
import { InMemoryErasure } from './in-memory-erasure.js';
import { describeMissingAccountsContract } from './missing-accounts.contract.js';
import { describeRelationPortsContract } from './relation-ports.contract.js';

describeRelationPortsContract(async () => {
  const { relations, links, sourceRelations, matchKeys, matchModel, proposals } = aRelationsWorld();
  const put = async (...facts: Parameters<typeof sourceRelations.put>) => sourceRelations.put(...facts);
  return { relations, links, sourceRelations, matchKeys, matchModel, proposals, put };
});

describeDecisionPortsContract(async () => {
  const { judgements, proposals, actions, conflicts, freeze } = aRelationsWorld();
  const freezeContacts = async () => {
    freeze.isSet = true;
  };
  return { judgements, proposals, actions, conflicts, freeze, freezeContacts };
});

describeErasureContract(async () => {
  const world = aRelationsWorld();
  const { conflicts, writeIntents, issues, sourceParts } = world;
  return {
    ...{ conflicts, writeIntents, issues, sourceParts },
    erasure: new InMemoryErasure(world),
    put: async (source) => world.sourceRelations.put(source),
    paramsOf: async (causeKey) => issues.all().find((issue) => issue.causeKey === causeKey)?.params,
  };
});

describeMissingAccountsContract(async () => {
  const world = aRelationsWorld();
  const { missingAccounts, relations, links, writeIntents, sourceRelations, sourceParts, proposals } = world;
  const put = async (...facts: Parameters<typeof sourceRelations.put>) => sourceRelations.put(...facts);
  return { missingAccounts, relations, links, writeIntents, sourceParts, proposals, put };
});
