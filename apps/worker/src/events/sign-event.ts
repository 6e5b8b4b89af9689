import { Webhook } from 'standardwebhooks';
import type { DueDelivery } from '@koppel/persistence/events';

/** What is sent of an event: thin, ids and where to read the rest. */
export function bodyOf(
  { type, at, data, link }: DueDelivery['event'],
  publicUrl: string | undefined,
): string {
  return JSON.stringify({
    type,
    timestamp: at.toISOString(),
    data: { ...data, link: `${publicUrl ?? ''}${link}` },
  });
}

/** The headers of Standard Webhooks, signed with every secret that holds: a receiver may know the old or the new one. */
export function headersOf(
  { id, body }: { readonly id: string; readonly body: string },
  secrets: readonly string[],
  now: Date,
): Record<string, string> {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Koppel-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}
