/** What can be set about the sandbox's manners; the defaults follow what Exact documents. */
export interface Switches {
  readonly region: 'nl' | 'be' | 'de' | 'fr' | 'es' | 'uk' | 'com';
  readonly messageLanguage: 'nl' | 'en';
  readonly mandatoryFiltering: boolean;
  readonly oldRefreshStatus: 401 | 400;
  readonly tooEarlyStatus: 400 | 401;
  readonly tokenDayLimit: number;
  readonly minuteLimit: number;
  readonly dayLimit: number;
  /** Errors of one key, user, division and endpoint in an hour before the key is blocked. */
  readonly errorLimit: number;
  readonly blockStatus: number;
  readonly rateHeadersOn429: 'family' | 'none';
  /** Lifts the minute limit, the day limit and the error block, and nothing else. */
  readonly unthrottled: boolean;
  readonly topArrayShape: boolean;
  readonly extraEmptyLastPage: boolean;
  /** Share of pages, 0..1, that repeat the last row of the page before. */
  readonly dupRowsWhilePaging: number;
  /** Median of a lognormal delay per call; 0 = none. */
  readonly latencyMs: number;
  /** Share of calls, 0..1, that wait `slowConnectMs` more. */
  readonly slowConnectShare: number;
  readonly slowConnectMs: number;
  /** Daily maintenance in Amsterdam time, `HH:mm-HH:mm`, or off. */
  readonly http503Window: string;
  /** Share of POSTs, 0..1, whose record is made while the connection breaks. */
  readonly lostPostResponse: number;
  readonly lengthPolicy: 'refuse' | 'truncate';
  /** Whether redirect and callback addresses must be https, public and registered. */
  readonly strictRedirect: boolean;
  /** Whether the user chooses the divisions (a published app) or the app reaches all (an unpublished one). */
  readonly consentDivisions: boolean;
  readonly webhookDelayMs: number;
  /** Minutes after a refused delivery at which it is tried again. */
  readonly webhookRetries: readonly number[];
  readonly webhookDuplicates: number;
  readonly webhookLost: number;
}

/** Section 9.2 of the specification, with delays and the maintenance window off. */
export const DEFAULT_SWITCHES: Switches = {
  region: 'nl',
  messageLanguage: 'nl',
  mandatoryFiltering: true,
  oldRefreshStatus: 401,
  tooEarlyStatus: 400,
  tokenDayLimit: 200,
  minuteLimit: 60,
  dayLimit: 5000,
  errorLimit: 10,
  blockStatus: 429,
  rateHeadersOn429: 'family',
  unthrottled: false,
  topArrayShape: true,
  extraEmptyLastPage: true,
  dupRowsWhilePaging: 0,
  latencyMs: 0,
  slowConnectShare: 0,
  slowConnectMs: 5000,
  http503Window: 'off',
  lostPostResponse: 0,
  lengthPolicy: 'refuse',
  strictRedirect: false,
  consentDivisions: true,
  webhookDelayMs: 5_000,
  webhookRetries: [1, 5, 15],
  webhookDuplicates: 0,
  webhookLost: 0,
};

/** A day as it can be: slow, with repeated rows, lost answers, maintenance and careless webhooks. */
export const CHAOS_SWITCHES: Partial<Switches> = {
  dupRowsWhilePaging: 0.02,
  latencyMs: 250,
  slowConnectShare: 0.001,
  http503Window: '04:00-04:30',
  lostPostResponse: 0.02,
  webhookDelayMs: 60_000,
  webhookDuplicates: 0.05,
  webhookLost: 0.02,
};
