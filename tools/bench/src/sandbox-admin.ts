import { z } from 'zod';

const world = z.object({ divisions: z.array(z.object({ code: z.number() })) });
const counters = z.object({ tooManyPerMinute: z.number() });

/** The sandbox's admin endpoints, as far as benchmarks use them. */
export class SandboxAdmin {
  constructor(private readonly url: string) {}

  async tooManyRequests(): Promise<number> {
    return counters.parse(await this.get('counters')).tooManyPerMinute;
  }

  async divisions(): Promise<number[]> {
    return world.parse(await this.get('world')).divisions.map(({ code }) => code);
  }

  /** As if a person changed the account's phone number in Exact's own screens. */
  async editPhone(division: number, id: string, phone: string): Promise<void> {
    await this.send('edit', { division, entity: 'Accounts', id, fields: { Phone: phone } });
  }

  async get(path: string): Promise<unknown> {
    const answer = await fetch(`${this.url}/__sandbox/${path}`);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  }

  private async send(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.url}/__sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  }
}
