declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type TenantId = Id<'TenantId'>;
export type ConnectionId = Id<'ConnectionId'>;
export type AdministrationId = Id<'AdministrationId'>;
export type SourceRelationId = Id<'SourceRelationId'>;
export type RelationId = Id<'RelationId'>;
export type SyncRunId = Id<'SyncRunId'>;
export type SyncStepId = Id<'SyncStepId'>;
export type WriteIntentId = Id<'WriteIntentId'>;
export type IssueId = Id<'IssueId'>;
export type ProposalId = Id<'ProposalId'>;
export type ActionId = Id<'ActionId'>;
export type ConflictId = Id<'ConflictId'>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a UUID in lower case, the only spelling of our ids. */
export function isId(text: string): boolean {
  return uuidPattern.test(text);
}

/** Names an id that comes from our own database or id maker. Outside text goes through `isId` first. */
export function asId<T extends Id<string>>(text: string): T {
  return text as T; // the one cast: a brand has no run-time form
}
