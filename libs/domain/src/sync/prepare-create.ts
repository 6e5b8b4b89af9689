import type { Administration, AdministrationsTx } from '../administrations/index.js';
import { writeIssuesOf, type IssuesTx } from '../issues/index.js';
import { systemActor, type AccountCreation } from '../kernel/index.js';
import {
  findSurvivor,
  isAnonymised,
  subjectOf,
  valuesToCreate,
  type CreateSearch,
  type JudgementsTx,
  type LinksTx,
  type ProposalsTx,
  type RelationsTx,
  type SharedValues,
  type SourceRelation,
} from '../relations/index.js';
import { presentAccountsOf, standsIn, type AccountOfRelation } from './accounts-of-relation.js';
import { ownCompaniesOf } from './own-companies.js';
import type { SourceStoreTx } from './source-store.port.js';
import type { SyncPolicyTx } from './sync-policy.port.js';
import type { AccountWrite } from './write-intent.js';
import type { WriteIntentsTx } from './write-intents.port.js';

export type PrepareCreateTx = RelationsTx &
  LinksTx &
  SourceStoreTx &
  JudgementsTx &
  SyncPolicyTx &
  AdministrationsTx &
  ProposalsTx;

export interface PreparedCreate {
  readonly patch: Partial<SharedValues>;
  readonly search: CreateSearch;
}

export interface InQuestion {
  readonly inQuestion: SourceRelation;
}

/**
 * What to create, and what to know when searching before it. Undefined when nothing is to be created any more: the relation is gone, was
 * made anonymous, or has an account there by now; or nothing is created at all any more. What may have been sent is looked up all the same.
 * Nothing is made while a person is asked whether an account there is the relation: of those that are made with many others nobody is told, they
 * wait for the answer.
 */
export async function prepareCreate(
  tx: PrepareCreateTx,
  intent: AccountWrite,
  { id, writePolicy }: Administration,
): Promise<PreparedCreate | InQuestion | 'waits-for-answer' | undefined> {
  const relation = await findSurvivor(tx, intent.relationId);
  if (relation?.state !== 'active') return undefined;
  const accounts = await presentAccountsOf(tx, relation.id);
  if (standsIn(accounts, id)) return undefined;
  if (accounts.length > 0 && accounts.every(({ source }) => isAnonymised(source))) return undefined;
  const { accountCreation, contactHandling } = await tx.syncPolicy.read();
  // Nothing is known of what was sent once its values are erased: the relation's own are searched for, as before any create.
  const isKnown = intent.state !== 'planned' && Object.keys(intent.patch).length > 0;
  const sentSince = isKnown ? intent.sentAt : null;
  const mayBeSent = sentSince !== null;
  if (!mayBeSent && !isMeant(intent, accountCreation)) return undefined;
  if (isOfMany(intent) && (await isQuestioned(tx, { relationId: relation.id, administrationId: id })))
    return 'waits-for-answer';
  const inQuestion = mayBeSent ? undefined : await accountInQuestion(tx, relation.id, id);
  if (inQuestion) return { inQuestion };
  return {
    patch: mayBeSent ? intent.patch : valuesToCreate(relation, writePolicy.localFields),
    search: {
      contactHandling,
      isIntercompany: relation.isIntercompany,
      isOwnCompany: ownCompaniesOf(await tx.administrations.findMany()),
      apart: await exactIdsKeptApart(tx, accounts, id),
      sentSince,
    },
  };
}

/** What was meant because accounts were always made is not any more once they are made on first use only, unless somebody needs it by now. */
function isMeant({ purpose }: AccountWrite, creation: AccountCreation): boolean {
  return creation === 'always' || (creation === 'first-use' && purpose !== 'plan');
}

function isOfMany({ purpose, state }: AccountWrite): boolean {
  return purpose === 'plan' && state === 'planned';
}

async function isQuestioned(
  tx: ProposalsTx,
  { relationId, administrationId }: Pick<AccountWrite, 'relationId' | 'administrationId'>,
): Promise<boolean> {
  const places = await tx.proposals.findQuestioned([relationId]);
  return places.some((place) => place.administrationId === administrationId);
}

/** Ends a create of which nothing is meant any more, with the questions about it. */
export async function endCreate(
  tx: WriteIntentsTx & IssuesTx,
  intent: AccountWrite,
  now: Date,
): Promise<void> {
  await tx.writeIntents.save({ ...intent, patch: {}, state: 'superseded', failure: null, settledAt: now });
  await tx.issues.resolve(writeIssuesOf(subjectOf(intent)), now, systemActor.name);
}

/** An account there of a relation that may be this one: making another could make a double. */
async function accountInQuestion(
  tx: PrepareCreateTx,
  relationId: AccountWrite['relationId'],
  administrationId: Administration['id'],
): Promise<SourceRelation | undefined> {
  const id = await tx.proposals.findAccountInQuestion(relationId, administrationId);
  return id && tx.sourceStore.findRelation(id);
}

/** Accounts of the administration of which a person said that they are another relation. */
async function exactIdsKeptApart(
  tx: JudgementsTx & SourceStoreTx,
  accounts: readonly AccountOfRelation[],
  administrationId: Administration['id'],
): Promise<Set<string>> {
  const own = new Set(accounts.map(({ source }) => source.id));
  const apart = new Set<string>();
  for (const { sourceA, sourceB, verdict } of await tx.judgements.findLatestOf([...own])) {
    if (verdict !== 'different') continue;
    const other = await tx.sourceStore.findRelation(own.has(sourceA) ? sourceB : sourceA);
    if (other?.administrationId === administrationId) apart.add(other.exactId);
  }
  return apart;
}
