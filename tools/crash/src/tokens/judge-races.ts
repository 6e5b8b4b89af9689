import type { JournalEntry } from '@koppel/exact-sandbox';
import type { Said } from './keepers.js';

/** One expiry: who was asked what, and what was done to them. */
export interface Race {
  readonly number: number;
  /** The sandbox's time, which stands still during a race: epoch milliseconds. */
  readonly at: number;
  /** The process that was killed. */
  readonly killed: string | undefined;
  readonly said: readonly Said[];
}

export interface Verdict {
  readonly refreshes: number;
  /** Kills between Exact's answer and our commit: the new token was lost with the process (F42). */
  readonly lostAnswers: number;
  /** Requests of killed processes that the sandbox read after those of the living. */
  readonly lateRequests: number;
  /** What must never be: a used token again without such a loss, an early one, other tokens or none in a living process. */
  readonly wrong: readonly string[];
}

/**
 * Holds the races against the sandbox's journal. Calls are told apart by who made them and not by when the sandbox came to read them: on a
 * slow machine the request of a process that was killed is read after that of the next one, or in the next race.
 */
export function judgeRaces(races: readonly Race[], journal: readonly JournalEntry[]): Verdict {
  const calls = journal.filter(({ grantType }) => grantType === 'refresh_token');
  const killed = new Set(races.flatMap((race) => race.killed ?? []));
  const late = calls.filter((call) => isLate(call, killed, calls));
  const judged = races.map((race) => judgeRace(race, ofRace(race, calls, late)));
  return {
    refreshes: calls.filter(isIssued).length,
    lostAnswers: judged.filter(({ isLost }) => isLost).length,
    lateRequests: late.length,
    wrong: [
      ...judged.flatMap(({ wrong }) => wrong),
      ...calls
        .filter(({ outcome }) => outcome !== 'issued' && outcome !== 'old-refresh-token')
        .map(({ outcome, userAgent }) => `${userAgent} was told ${outcome}`),
    ],
  };
}

/** The one request of a killed process, when another process got the token that it asked for. */
function isLate(call: JournalEntry, killed: ReadonlySet<string>, calls: readonly JournalEntry[]): boolean {
  if (call.outcome !== 'old-refresh-token' || !killed.has(call.userAgent ?? '')) return false;
  const sameToken = calls.filter(({ refreshTokenHash }) => refreshTokenHash === call.refreshTokenHash);
  const own = sameToken.filter(({ userAgent }) => userAgent === call.userAgent);
  return own.length === 1 && sameToken.some(isIssued);
}

function ofRace(race: Race, calls: readonly JournalEntry[], late: readonly JournalEntry[]): JournalEntry[] {
  return calls.filter((call) => call.at === race.at && !late.includes(call));
}

function judgeRace(race: Race, calls: readonly JournalEntry[]): { isLost: boolean; wrong: string[] } {
  const answers = race.said.flatMap(({ answer }) => (answer === 'died' ? [] : [answer]));
  const isDead = answers.some(({ failure }) => failure === 'reauth-required');
  const issuedTo = calls.filter(isIssued).map(({ userAgent }) => userAgent);
  const isLost = isDead && race.killed !== undefined && issuedTo.includes(race.killed);
  const secondUses = calls.filter(({ outcome }) => outcome === 'old-refresh-token').length;
  const wrong = [
    ...(issuedTo.length === 1 ? [] : [`${issuedTo.length} refreshes`]),
    ...(secondUses > (isLost ? 1 : 0) ? [`a used refresh token was sent ${secondUses} times`] : []),
    ...race.said
      .filter(({ name, answer }) => answer === 'died' && name !== race.killed)
      .map(({ name }) => `${name} died by itself`),
    ...(isLost ? withoutToken(answers) : withToken(answers)),
  ];
  return { isLost, wrong: wrong.map((line) => `expiry ${race.number}: ${line}`) };
}

type Answer = Exclude<Said['answer'], 'died'>;

/** After the loss that nobody can prevent, everybody says so. */
function withoutToken(answers: readonly Answer[]): string[] {
  return answers
    .filter(({ failure }) => failure !== 'reauth-required')
    .map(({ failure }) => `a process got ${failure ?? 'a token'} where the others need a person`);
}

function withToken(answers: readonly Answer[]): string[] {
  const tokens = new Set(answers.flatMap(({ token }) => token ?? []));
  return [
    ...(tokens.size > 1 ? [`the processes have ${tokens.size} different tokens`] : []),
    ...answers.flatMap(({ failure }) => (failure === null ? [] : [`a living process got ${failure}`])),
  ];
}

function isIssued({ outcome }: JournalEntry): boolean {
  return outcome === 'issued';
}
