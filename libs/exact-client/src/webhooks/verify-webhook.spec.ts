import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from './verify-webhook.js';

const secret = 'webhook-secret';
const key = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
const content = `{"Topic":"Accounts","ClientId":"c1","Division":441609,"Action":"Update","Key":"${key}","ExactOnlineEndpoint":"https://start.exactonline.be/api/v1/441609/crm/Accounts(guid'${key}')","EventCreatedOn":"2020-01-06T16:26:08.587"}`;

function hashOf(signed: string, by = secret): string {
  return createHmac('sha256', by).update(signed, 'utf8').digest('hex').toUpperCase();
}

function aMessage(signed = content, hash = hashOf(signed)): string {
  return `{"Content":${signed},"HashCode":"${hash}"}`;
}

function kindOf(raw: string | Uint8Array): string {
  const verdict = verifyWebhook(raw, secret);
  return verdict.ok ? 'ok' : verdict.error.kind;
}

describe('verifyWebhook', () => {
  it('gives the content of a message that Exact signed, as text and as bytes', () => {
    const verdict = verifyWebhook(aMessage(), secret);

    expect(verdict).toMatchObject({
      ok: true,
      content: { Topic: 'Accounts', Division: 441609, Action: 'Update', Key: key },
    });
    expect(verifyWebhook(new TextEncoder().encode(aMessage()), secret)).toEqual(verdict);
  });

  it('agrees with a signature that openssl made', () => {
    const hash = '351288C85F6243953D2AA5EB8AFF4C93C18966D5A6C2AE8AFAAD8891DADC4A2F';

    expect(kindOf(aMessage(content, hash))).toBe('ok');
  });

  it('F52 recognises the empty POST that validates an address', () => {
    expect(kindOf('')).toBe('validation-request');
    expect(kindOf(new Uint8Array())).toBe('validation-request');
  });

  it.each([
    ['another secret', aMessage(content, hashOf(content, 'client-secret'))],
    ['lower case', aMessage(content, hashOf(content).toLowerCase())],
    ['another division', aMessage(content.replace('441609', '441610'), hashOf(content))],
    ['a re-serialised body', aMessage(content.replace(',"Action"', ', "Action"'), hashOf(content))],
    ['a doubled HashCode', aMessage(`${content},"HashCode":"${hashOf(content)}"`, hashOf(content))],
  ])('F51 refuses %s', (_name, raw) => {
    expect(kindOf(raw)).toBe('signature-wrong');
  });

  it.each([
    ['no JSON', 'hello'],
    ['no HashCode', `{"Content":${content}}`],
    ['a short HashCode', aMessage(content, 'ABC')],
    ['something behind it', `${aMessage()} {"x":1}`],
    ['something before it', ` ${aMessage()}`],
    ['a signed content of another shape', aMessage('{"Topic":"Accounts"}')],
    ['a signed content that is no JSON', aMessage('{"Topic":')],
  ])('F51 calls %s malformed', (_name, raw) => {
    expect(kindOf(raw)).toBe('malformed');
  });

  it('reads no more than a message can be', () => {
    expect(kindOf(aMessage(`{"x":"${'y'.repeat(70_000)}"}`))).toBe('too-large');
  });

  it('F51 refuses every message in which one byte was changed, and throws on none', () => {
    const good = new TextEncoder().encode(aMessage());
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(good);
        changed[at] = (changed[at] ?? 0) ^ change;
        return !verifyWebhook(changed, secret).ok;
      }),
    );
  });
});
