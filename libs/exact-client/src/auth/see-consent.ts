import { createExactClient } from '../client.js';
import { isTransient } from '../errors.js';
import { createInMemoryBudget } from '../limits/in-memory-budget.js';
import { listReachable, mayReadRelations, obstacleOf } from '../resources/reach.js';
import type { Me } from '../resources/divisions.js';
import type { Transport } from '../transport.js';

const ASKED_MAX = 3;
const PAUSE_MS = 1_000;

/** What a look at a consent needs. */
export interface ConsentLook {
  readonly transport: Transport;
  readonly baseUrl: string;
  /** As the exchange of the code gave it: such a look takes seconds, and renews nothing. */
  readonly accessToken: string;
  readonly now: () => Date;
  readonly wait?: (ms: number) => Promise<void>;
}

/** A consent whose tokens are stored nowhere yet. */
export interface SeenConsent {
  /** `UserID` of the user who gave it. */
  readonly userId: string;
  /** Whether it opens at least one of these divisions, with the right to read relations there. */
  opensAny(divisions: readonly number[]): Promise<boolean>;
}

/**
 * Asks Exact whose a new consent is, before its tokens take the place of others (F81). Throws ExactError. A few calls by a person's hand:
 * they are charged to no shared budget, and the next answer's headers tell that they were made.
 */
export async function seeConsent(look: ConsentLook): Promise<SeenConsent> {
  const client = createExactClient({
    baseUrl: look.baseUrl,
    transport: look.transport,
    accessToken: () => Promise.resolve(look.accessToken),
    budget: createInMemoryBudget({ now: look.now }),
    now: look.now,
    userAgent: 'koppel',
  });
  const me = await patiently(look, () => client.me());
  return {
    userId: me.UserID,
    opensAny: (divisions) => patiently(look, () => opensAny(client, me, divisions)),
  };
}

async function opensAny(
  client: ReturnType<typeof createExactClient>,
  me: Me,
  divisions: readonly number[],
): Promise<boolean> {
  const wanted = new Set(divisions);
  for (const listed of await listReachable(client, { me, known: divisions })) {
    const isCandidate = wanted.has(listed.Code) && obstacleOf(listed) === null;
    if (isCandidate && (await mayReadRelations(client, listed.Code))) return true;
  }
  return false;
}

/** A person waits, and the code is spent: a passing fault is sat out for a moment. */
async function patiently<T>({ wait = pause }: ConsentLook, ask: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isTransient(error) || count >= ASKED_MAX) throw error;
      await wait(PAUSE_MS);
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
