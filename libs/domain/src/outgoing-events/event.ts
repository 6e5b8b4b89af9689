/** Everything that integrators are told of. A new kind is no breaking change: a receiver passes by what it does not know. */
export const eventTypes = [
  'connection.reauth_required',
  'administration.blocked',
  'sync.completed',
  'sync.failed',
  'relation.created',
  'relation.updated',
  'relation.merged',
  'relation.deleted',
  'conflict.opened',
  'conflict.resolved',
] as const;

export type EventType = (typeof eventTypes)[number];

/** What a receiver gets when a person tries whether it is reached. */
export const pingType = 'webhook.ping';

/** Something that happened, thin: ids only, never a value of a record. Written with the change itself. */
export interface Event {
  readonly type: EventType | typeof pingType;
  /** What it is about: two of one type about one subject in a transaction are one. */
  readonly subjectId: string;
  readonly data: Readonly<Record<string, string | null>>;
  /** Where the API tells the rest, as a path. */
  readonly link: string;
  readonly at: Date;
}
