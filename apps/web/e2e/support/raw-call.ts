import type { Page } from 'playwright-core';

export interface RawAnswer {
  readonly status: number;
  /** The problem's kind, when it is one. */
  readonly kind: string | undefined;
  readonly body: unknown;
}

/** Calls the API as the signed-in person of the page, past what the page offers. */
export function rawCall(page: Page, method: string, path: string, body?: unknown): Promise<RawAnswer> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const headers = { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) };
      const answer = await fetch(`/v1${path}`, { method, headers, ...(body && { body }) });
      const text = await answer.text();
      const parsed = (text === '' ? undefined : JSON.parse(text)) as { kind?: string } | undefined;
      return { status: answer.status, kind: parsed?.kind, body: parsed };
    },
    { method, path, body: body === undefined ? undefined : JSON.stringify(body) },
  );
}
