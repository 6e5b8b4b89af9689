import { describe, expect, it } from 'vitest';
import { isReachable, refusalOfUrl } from './index.js';

const closed = { isLoopbackAllowed: false };
const open = { isLoopbackAllowed: true };
const refusal = (url: string, policy = closed) => refusalOfUrl(URL.parse(url), policy);

describe('the address of a receiver', () => {
  it.each(['https://erp.example/koppel?a=1', 'https://erp.example:8443/', 'https://93.184.216.34/x'])(
    'may be %s',
    (url) => {
      expect(refusal(url)).toBeUndefined();
    },
  );

  it.each([
    ['no address', 'malformed'],
    ['http://erp.example/', 'not-https'],
    ['ftp://erp.example/', 'not-https'],
    ['https://me:secret@erp.example/', 'credentials'],
    ['https://erp.example/#part', 'fragment'],
    ['https://localhost/', 'private-address'],
    ['https://localhost./', 'private-address'],
    ['https://a.localhost/', 'private-address'],
    ['https://127.0.0.1/', 'private-address'],
    ['https://2130706433/', 'private-address'],
    ['https://0x7f.1/', 'private-address'],
    ['https://0177.0.0.1/', 'private-address'],
    ['https://10.0.0.8/', 'private-address'],
    ['https://192.168.1.1/', 'private-address'],
    ['https://169.254.169.254/latest/meta-data', 'private-address'],
    ['https://0.0.0.0/', 'private-address'],
    ['https://[::1]/', 'private-address'],
    ['https://[::ffff:10.0.0.8]/', 'private-address'],
    ['https://[::127.0.0.1]/', 'private-address'],
    ['https://[::169.254.169.254]/', 'private-address'],
    ['https://[fd00::1]/', 'private-address'],
  ])('is not %s: %s', (url, reason) => {
    expect(refusal(url)).toBe(reason);
  });

  it('may be the loopback, by http too, where an operator lets it', () => {
    expect(refusal('http://localhost:4010/x', open)).toBeUndefined();
    expect(refusal('http://127.0.0.1:4010/x', open)).toBeUndefined();
    expect(refusal('http://10.0.0.8/', open)).toBe('not-https');
    expect(refusal('https://10.0.0.8/', open)).toBe('private-address');
  });
});

describe('an address that a name leads to', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34'])(
    'is reached when it is public: %s',
    (ip) => {
      expect(isReachable(ip, closed)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '0.0.0.0',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
  ])('is refused when it is inside a network, or says an address in another way: %s', (ip) => {
    expect(isReachable(ip, closed)).toBe(false);
  });
});
