import { aRelationsWorld } from './a-relations-world.js';
import { describeDecisionPortsContract } from './decision-ports.contract.js';
import { describeRelationPortsContract } from './relation-ports.contract.js';

describeRelationPortsContract(async () => {
  const { relations, links, sourceRelations, matchKeys, matchModel } = aRelationsWorld();
  const put = async (...facts: Parameters<typeof sourceRelations.put>) => sourceRelations.put(...facts);
  return { relations, links, sourceRelations, matchKeys, matchModel, put };
});

describeDecisionPortsContract(async () => {
  const { judgements, proposals, actions, conflicts, freeze } = aRelationsWorld();
  const freezeContacts = async () => {
    freeze.isSet = true;
  };
  return { judgements, proposals, actions, conflicts, freeze, freezeContacts };
});
