import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

const ANSWER_TIMEOUT_MS = 10_000;

/** Posts a body to a callback; gives the status, or undefined when nobody answered. */
export function postTo(url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    };
    const outgoing = send(
      url,
      { method: 'POST', headers, agent: false, timeout: ANSWER_TIMEOUT_MS },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
        answer.on('error', () => resolve(undefined));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(body);
  });
}
