import { sql } from 'drizzle-orm';
import { awaitingAnswer } from '@koppel/domain/relations';

/** Of a row of write_intents: whether it goes out only once a person has answered. */
export const isWaitingForAnswer = sql`state = 'planned' and coalesce(failure ->> 'kind', '') = ${awaitingAnswer.kind}`;
