import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/test-api.js';

let folder: string;
let api: TestApi;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'koppel-portal-'));
  await mkdir(path.join(folder, 'web'));
  await writeFile(path.join(folder, 'web', 'index.html'), '<kp-app ngCspNonce="CSP_NONCE"></kp-app>');
  await writeFile(path.join(folder, 'web', 'main-4MQ2ZK7A.js'), 'start()');
  await writeFile(path.join(folder, 'web', 'chunk-B1LzDUWc.js'), 'lazily()');
  await writeFile(path.join(folder, 'web', 'chunk-B1LzDUWc.js.br'), brotliCompressSync('lazily()'));
  await writeFile(path.join(folder, 'web', 'chunk-B1LzDUWc.js.gz'), gzipSync('lazily()'));
  await writeFile(path.join(folder, 'web', 'mark.svg'), '<svg/>');
  await writeFile(path.join(folder, 'secret.txt'), 'outside');
  api = await startTestApi({ env: { WEB_DIR: path.join(folder, 'web') } });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const nonceOf = (html: unknown) => /ngCspNonce="([\w-]{22})"/.exec(String(html))?.[1];

describe('the portal', () => {
  it('gets its page at every address of its own, with a fresh nonce that the policy names', async () => {
    const pages = [];
    for (const address of ['/', '/koppelen/verbinden', '/relaties?zoek=x', '/index.html']) {
      const answer = await api.browser().get(address);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-store');
      const nonce = nonceOf(answer.body);
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe/);
      pages.push(nonce);
    }
    expect(new Set(pages).size).toBe(4);
  });

  it('may keep files whose name changes with their content, and asks again for others', async () => {
    const hashed = await api.browser().get('/main-4MQ2ZK7A.js');
    expect([hashed.body, hashed.headers['cache-control']]).toEqual([
      'start()',
      'public, max-age=31536000, immutable',
    ]);
    expect((await api.browser().get('/mark.svg')).headers['cache-control']).toBe('no-cache');
  });

  it('sends compressed what was compressed at build, to those who can read it, and kept just as long', async () => {
    const ask = (accepted: string) =>
      api.app.inject({ url: '/chunk-B1LzDUWc.js', headers: { 'accept-encoding': accepted } });
    const [brotli, gzip, plain] = [await ask('gzip, deflate, br'), await ask('gzip'), await ask('identity')];

    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe('lazily()');
    expect(gunzipSync(gzip.rawPayload).toString()).toBe('lazily()');
    expect(plain.body).toBe('lazily()');
    expect([brotli, gzip, plain].map(({ headers }) => headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      undefined,
    ]);
    for (const { headers } of [brotli, gzip, plain]) {
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-type']).toMatch(/javascript; charset=utf-8$/);
      expect(headers['vary']).toMatch(/accept-encoding/i);
    }
    expect((await api.browser().get('/chunk-B1LzDUWc.js.br')).headers['content-type']).toMatch(/^text\/html/);
  });

  it('is not what an unknown address of the API answers', async () => {
    for (const address of ['/v1', '/v1/nothing', '/health/nothing', '/openapi.json/x']) {
      const answer = await api.browser().get(address);
      expect([answer.status, answer.headers['content-type']]).toEqual([404, 'application/problem+json']);
    }
  });

  it('gives nothing from outside its folder', async () => {
    for (const address of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '//secret.txt']) {
      expect(String((await api.browser().get(address)).body)).not.toContain('outside');
    }
  });
});

describe('the OpenAPI document', () => {
  it('is open to everyone and names this server', async () => {
    const answer = await api.browser().get('/openapi.json');
    expect(answer.body).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'http://127.0.0.1:4000' }] });
  });
});
