import { setTimeout as sleep } from 'node:timers/promises';
import { consentByForms, DEMO_CLIENT, type JournalEntry } from '@koppel/exact-sandbox';

const pollMs = 250;
/** The minute limit of an administration may be used up; then Exact answers again a minute later. */
const patienceMs = 90_000;

/** An account as Exact's API gives it; only what journeys look at. */
export interface ExactAccount {
  readonly ID: string;
  readonly Name: string;
  readonly Phone: string | null;
  readonly City: string | null;
  readonly Email: string | null;
}

/** Exact Online as the journeys reach it besides Koppel: its other door, and its API with a consent of their own. */
export class ExactSandbox {
  private token: Promise<string> | undefined;

  constructor(private readonly url: string) {}

  /** Changes a record as a person does in Exact's screens. */
  async editAccount(division: number, id: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    await this.admin('POST', 'edit', { division, entity: 'Accounts', id, fields });
  }

  async plantFault(fault: Readonly<Record<string, unknown>>): Promise<void> {
    await this.admin('POST', 'faults', fault);
  }

  async removeFaults(): Promise<void> {
    await this.admin('DELETE', 'faults');
  }

  async clearJournal(): Promise<void> {
    await this.admin('DELETE', 'journal');
  }

  async journal(): Promise<JournalEntry[]> {
    // Safe: the sandbox writes its own type.
    return (await (await this.admin('GET', 'journal')).json()) as JournalEntry[];
  }

  /** Waits until the API was asked to change that record. */
  async awaitWrite(division: number, id: string): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      const entries = await this.journal();
      const isWritten = entries.some(
        (entry) =>
          entry.method === 'PUT' &&
          entry.division === division &&
          entry.path.includes(id) &&
          entry.status < 300,
      );
      if (isWritten) return;
      await sleep(pollMs);
    }
    throw new Error(`nothing was written to account ${id} of ${division}`);
  }

  /** Reads an account through the API, as the accountant. */
  async readAccount(division: number, id: string): Promise<ExactAccount> {
    this.token ??= this.authorise();
    const url = `${this.url}/api/v1/${division}/crm/Accounts(guid'${id}')?$select=ID,Name,Phone,City,Email`;
    const headers = { authorization: `Bearer ${await this.token}`, accept: 'application/json' };
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw new Error(`Exact answered ${answer.status} for ${url}`);
    return ((await answer.json()) as { d: ExactAccount }).d;
  }

  private async authorise(): Promise<string> {
    const redirectUri = 'http://localhost/journey';
    const query = new URLSearchParams({
      client_id: DEMO_CLIENT.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
    });
    const back = await consentByForms({
      authoriseUrl: `${this.url}/api/oauth2/auth?${query.toString()}`,
      username: 'accountant@demo.nl',
      password: 'demo',
    });
    const answer = await fetch(`${this.url}/api/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: DEMO_CLIENT.clientId,
        client_secret: DEMO_CLIENT.clientSecret,
        redirect_uri: redirectUri,
        code: new URL(back).searchParams.get('code') ?? '',
      }),
    });
    if (!answer.ok) throw new Error(`Exact gave no token: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  private async admin(method: string, route: string, body?: object): Promise<Response> {
    const answer = await fetch(`${this.url}/__sandbox/${route}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${method} ${route}`);
    return answer;
  }
}
