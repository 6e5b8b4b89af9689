import { bodyText, htmlReply, reply, type HttpReply } from '../http/exchange.js';
import type { FaultPlan } from '../faults.js';

const SLOW_MS = 1_000;
const FOREIGN_NEXT = 'https://elsewhere.example/api/v1/next';

/** The HTML page that stands before Exact during maintenance. */
export function maintenanceReply(): HttpReply {
  return htmlReply(
    503,
    '<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h1>Exact Online is tijdelijk niet ' +
      'beschikbaar</h1><p>Reference #18.2d1f6f1</p></body></html>',
  );
}

/** Spoils an answer that was made as usual. */
export function spoil(answer: HttpReply, fault: FaultPlan): HttpReply {
  switch (fault.kind) {
    case 'cut-answer':
      return { ...answer, cutAfter: fault.bytes ?? Math.floor(Buffer.byteLength(bodyText(answer)) / 2) };
    case 'lost-post-response':
      return { ...answer, cutAfter: 0 };
    case 'html-200':
      return htmlReply(
        200,
        '<html><head><title>Exact Online</title></head><body>Een moment geduld.</body></html>',
      );
    case 'empty-200':
      return reply(200, '', { 'Content-Type': 'application/json;charset=utf-8' });
    case 'malformed-json':
      return { ...answer, body: malformed(bodyText(answer)) };
    case 'other-shape':
      return { ...answer, body: JSON.stringify({ value: [] }) };
    case 'foreign-next':
      return { ...answer, body: withNext(bodyText(answer), FOREIGN_NEXT) };
    case 'slow':
      return { ...answer, delayMs: fault.ms ?? SLOW_MS };
    default:
      return answer;
  }
}

function malformed(text: string): string {
  return text.slice(0, Math.max(1, Math.floor(text.length * 0.7)));
}

/** A list as if it went on there; what is no list stays as it is. */
function withNext(text: string, next: string): string {
  const body = JSON.parse(text) as { readonly d?: { readonly results?: unknown } };
  return Array.isArray(body.d?.results) ? JSON.stringify({ d: { ...body.d, __next: next } }) : text;
}
