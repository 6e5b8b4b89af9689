import { setTimeout as sleep } from 'node:timers/promises';
import {
  activateCouplingEndpoint,
  beginConnectionEndpoint,
  completeConnectionEndpoint,
  confirmCouplingEndpoint,
  finishMatchEndpoint,
  finishSynchroniseEndpoint,
  getConfigurationEndpoint,
  getCouplingEndpoint,
  getSyncRunEndpoint,
  ignoreIssueEndpoint,
  listAdministrationsEndpoint,
  listIssuesEndpoint,
  listSettingsEndpoint,
  saveConfigurationEndpoint,
  saveSettingsEndpoint,
  selectAdministrationsEndpoint,
  signInEndpoint,
  type Administration,
  type Body,
  type Issue,
  type SyncRun,
} from '@koppel/contracts';
import type { ApiClient } from './api-client.js';
import { giveConsent, type Consent } from './consent.js';

export interface CoupleOptions {
  readonly email: string;
  readonly password: string;
  readonly exact: Consent;
  /** Administrations to couple; all that can be when absent. */
  readonly divisions?: readonly number[];
  /** The country of the Exact Online to connect; `nl` when absent. */
  readonly region?: Body<typeof beginConnectionEndpoint>['region'];
  /** What is joined without a person; `automatic` when absent. */
  readonly contactHandling?: Body<typeof saveConfigurationEndpoint>['contactHandling'];
  /** Milliseconds between two looks at the run. */
  readonly pollMs?: number;
  readonly onProgress?: (run: SyncRun) => void;
  readonly onStep?: (text: string) => void;
}

export interface CoupleReport {
  readonly run: SyncRun;
  readonly administrations: readonly Administration[];
  readonly issues: readonly Issue[];
  readonly isActive: boolean;
  /** Milliseconds from the confirmation to the end of comparing. */
  readonly runMs: number;
}

const listingMaxMs = 120_000;
const runMaxMs = 4 * 60 * 60 * 1_000;
const issuePagesMax = 50;

/** The whole coupling of product.md 1 over the public REST API: sign in, steps 1 to 6, as an administrator would. */
export async function coupleAll(api: ApiClient, options: CoupleOptions): Promise<CoupleReport> {
  const say = options.onStep ?? (() => undefined);
  await api.call(signInEndpoint, { body: { email: options.email, password: options.password } });
  await refuseWhenCoupled(api);
  say('Verbinden met Exact Online');
  await connect(api, options);
  const available = await awaitAdministrations(api);
  const administrations = available.filter(({ division }) => options.divisions?.includes(division) ?? true);
  say(`${administrations.length} administraties te koppelen`);
  await api.call(selectAdministrationsEndpoint, {
    body: { administrationIds: administrations.map(({ id }) => id) },
  });
  await configure(api, options);
  say('Ophalen en vergelijken');
  const { run, runMs } = await runToEnd(api, options);
  const issues = await openIssues(api);
  say('Doorgaan naar matchen en instellingen');
  await ignoreBlocking(api, issues);
  await api.call(finishSynchroniseEndpoint);
  await api.call(finishMatchEndpoint);
  await acceptSuggestions(api);
  await api.call(activateCouplingEndpoint, { body: { writeSharedValues: false } });
  const { step } = await api.call(getCouplingEndpoint);
  return { run, runMs, administrations, issues, isActive: step === 'active' };
}

/** In a database that was given, an earlier coupling may stand; this is no way to spoil it. */
async function refuseWhenCoupled(api: ApiClient): Promise<void> {
  const { step } = await api.call(getCouplingEndpoint);
  if (step !== 'connect')
    throw new Error('Hier is al gekoppeld: de demo heeft een lege database nodig (DATABASE_URL).');
}

async function connect(api: ApiClient, { exact, region = 'nl' }: CoupleOptions): Promise<void> {
  const { authorisationUrl } = await api.call(beginConnectionEndpoint, { body: { region } });
  await api.call(completeConnectionEndpoint, { body: await giveConsent(authorisationUrl, exact) });
}

async function awaitAdministrations(api: ApiClient): Promise<Administration[]> {
  const deadline = Date.now() + listingMaxMs;
  while (Date.now() < deadline) {
    const list = await api.call(listAdministrationsEndpoint);
    if (!list.isListing && list.items.length > 0)
      return list.items.filter(
        ({ unavailableReason, state }) => unavailableReason === null && state === 'available',
      );
    await sleep(200);
  }
  throw new Error('Exact did not list its administrations in time');
}

async function configure(api: ApiClient, options: CoupleOptions): Promise<void> {
  const { contactHandling = 'automatic' } = options;
  const { codes, version } = await api.call(getConfigurationEndpoint);
  const suggested = codes.map(({ administrationId, code, suggestedCode }) => ({
    administrationId,
    code: code ?? suggestedCode,
  }));
  await api.call(saveConfigurationEndpoint, { body: { contactHandling, codes: suggested, version } });
}

async function runToEnd(api: ApiClient, options: CoupleOptions): Promise<{ run: SyncRun; runMs: number }> {
  const startedAt = Date.now();
  const { confirmationText } = await api.call(getConfigurationEndpoint);
  const body = { isConfirmed: true as const, text: confirmationText.nl };
  const { runId } = await api.call(confirmCouplingEndpoint, { body });
  while (Date.now() - startedAt < runMaxMs) {
    const run = await api.call(getSyncRunEndpoint, { params: { id: runId } });
    options.onProgress?.(run);
    if (run.endedAt !== null) return { run, runMs: Date.now() - startedAt };
    await sleep(options.pollMs ?? 500);
  }
  throw new Error('the run did not end in time');
}

async function openIssues(api: ApiClient): Promise<Issue[]> {
  const issues: Issue[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < issuePagesMax; page += 1) {
    const answer: { items: Issue[]; nextCursor: string | null } = await api.call(listIssuesEndpoint, {
      query: { state: 'open', limit: 200, ...(cursor === null ? {} : { cursor }) },
    });
    issues.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return issues;
}

async function ignoreBlocking(api: ApiClient, issues: readonly Issue[]): Promise<void> {
  for (const { id, version, isBlocking } of issues)
    if (isBlocking)
      await api.call(ignoreIssueEndpoint, { params: { id }, body: { version, reason: 'demo zonder mens' } });
}

async function acceptSuggestions(api: ApiClient): Promise<void> {
  const { items } = await api.call(listSettingsEndpoint);
  for (const { administrationId } of items) await acceptSuggestionsOf(api, administrationId);
}

/** Read again for each: a later one is suggested what the first administration has. */
async function acceptSuggestionsOf(api: ApiClient, id: string): Promise<void> {
  const { items } = await api.call(listSettingsEndpoint);
  const settings = items.find(({ administrationId }) => administrationId === id);
  if (!settings) return;
  const values = Object.fromEntries(
    settings.fields.filter(({ value }) => value === null).map(({ key, suggestion }) => [key, suggestion]),
  );
  await api.call(saveSettingsEndpoint, { params: { id }, body: { values, version: settings.version } });
}
