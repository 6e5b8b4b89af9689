import { describe, expect, it } from 'vitest';
import { domainOfEmail, normaliseEmail, normalisePhone, normaliseWebsite } from './normalise-reach.js';

describe('normalisePhone', () => {
  it.each([
    ['+31 (0)20 123 45 67', null, '+31201234567'],
    ['020-1234567', 'NL', '+31201234567'],
    ['0031201234567', 'NL', '+31201234567'],
    ['31201234567', 'NL', '+31201234567'],
    ['06 12 34 56 70', 'NL', '+31612345670'],
    ['020-1234567 / 06-12345670', 'NL', '+31201234567'],
    ['020/1234567', 'NL', '+31201234567'],
    ['020 / 123 45 67', 'NL', '+31201234567'],
    ['020-1234567/68', 'NL', '+31201234567'],
    ['020-1234567 tst 12', 'NL', '+31201234567'],
    ['020-1234567 toestel 112', 'NL', '+31201234567'],
    ['tel. 020-1234567 (kantoor)', 'NL', '+31201234567'],
    ['03 123 45 67', 'BE', '+3231234567'],
    ['03/123.45.67', 'BE', '+3231234567'],
    ['0221 123456', 'DE', '+49221123456'],
    ['+44 20 7946 0958', 'NL', '+442079460958'],
    ['0000000000', 'NL', null],
    ['06-12345678', 'NL', null],
    ['020-0000000', 'NL', null],
    ['-', 'NL', null],
    ['n.v.t.', 'NL', null],
    ['12', 'NL', null],
    [null, null, null],
  ])('%s in %s is %s', (text, country, expected) => {
    expect(normalisePhone(text, country)).toBe(expected);
  });
});

describe('mailboxes and domains', () => {
  it.each([
    [' Info@DeEik.NL ', 'info@deeik.nl'],
    ['mailto:info@deeik.nl', 'info@deeik.nl'],
    ['<info@deeik.nl>', 'info@deeik.nl'],
    ['info@deeik.nl; piet@deeik.nl', 'info@deeik.nl'],
    ['info@deeik..nl', 'info@deeik.nl'],
    ['info@deeik.nl.', 'info@deeik.nl'],
    ['info @ deeik.nl', 'info@deeik.nl'],
    ['info@deeik,nl', 'info@deeik.nl'],
    ['info@deeik.nl,piet@deeik.nl', 'info@deeik.nl'],
    ['geen@geen.invalid', null],
    ['geen@deeik.nl', null],
    ['x@x.nl', null],
    ['n.v.t.', null],
    ['info.deeik.nl', null],
    ['', null],
  ])('C01: mailbox %s is %s', (text, expected) => {
    expect(normaliseEmail(text)).toBe(expected);
  });

  it.each([
    ['https://www.deeik.nl/contact', 'deeik.nl'],
    ['www.deeik.co.uk', 'deeik.co.uk'],
    ['http//www.deeik.nl', 'deeik.nl'],
    ['www,deeik.nl', 'deeik.nl'],
    ['httpbouw.nl', 'httpbouw.nl'],
    ['https://www.facebook.com/deeik', null],
    ['geen', null],
    [null, null],
  ])('website %s is of %s', (text, expected) => {
    expect(normaliseWebsite(text)).toBe(expected);
  });

  it('sees no company behind a provider', () => {
    expect(domainOfEmail('deeik@gmail.com')).toBeNull();
    expect(domainOfEmail('info@mail.deeik.nl')).toBe('deeik.nl');
  });
});
