import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import type { ZodObject } from 'zod';
import * as contracts from './index.js';
import { endpoints } from './endpoints.js';
import { openApiDocument } from './openapi.js';
import { plainRoutes } from './plain-routes.js';
import { takesVersion } from './precondition.js';
import { withoutVersion } from './without-version.js';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security: readonly unknown[];
}

const document = openApiDocument({ url: 'https://koppel.example', version: '0.1.0' });
const paths = document['paths'] as Record<string, Record<string, Operation>>;
const operations = Object.values(paths).flatMap((path) => Object.values(path));

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const verdict = await new Validator().validate(structuredClone(document));
    expect(verdict.errors).toBeUndefined();
    expect(verdict.valid).toBe(true);
  });

  it('has every endpoint that the contracts export, each with an id of its own', () => {
    const exported = Object.keys(contracts).filter((name) => name.endsWith('Endpoint'));
    expect(endpoints.length).toBe(exported.length);
    expect(operations.length).toBe(endpoints.length + plainRoutes.length);
    expect(new Set(operations.map((one) => one.operationId)).size).toBe(operations.length);
  });

  it('has the files, the event stream and the other paths that no contract checks', () => {
    const csv = Object.keys(contracts).filter((name) => name.endsWith('CsvPath'));
    const files = plainRoutes.filter(({ answers }) => answers === 'text/csv');
    expect(files.length).toBe(csv.length);
    for (const { path } of files) {
      expect(JSON.stringify(paths[path]?.['get']?.responses['200'])).toContain('text/csv');
      expect(JSON.stringify(paths[path])).toContain('"language"');
    }
    expect(JSON.stringify(paths['/v1/sync-runs/{id}/events'])).toContain('text/event-stream');
    expect(Object.keys(paths['/webhooks/exact/{region}'] ?? {})).toEqual(['post']);
  });

  it('declares each endpoint’s own problems and the ones that its access brings', () => {
    const confirm = paths['/v1/coupling/confirmation']?.['post'];
    expect(Object.keys(confirm?.responses ?? {})).toEqual([
      '202',
      '400',
      '401',
      '403',
      '409',
      '410',
      '422',
      '429',
      '500',
      '503',
    ]);
    expect(JSON.stringify(confirm?.responses['409'])).toContain('sync-already-running');
  });

  it('asks every change for the version it is meant for, or says why it needs none', () => {
    const changes = endpoints.filter(({ method }) => method !== 'GET');
    const unversioned = changes
      .filter((one) => !takesVersion(one))
      .map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(withoutVersion).sort()).toEqual(unversioned.sort());
    for (const one of changes.filter(takesVersion))
      expect([one.path, Object.keys((one.body as ZodObject).shape)]).toEqual([
        one.path,
        expect.arrayContaining(['version']),
      ]);
    const retry = JSON.stringify(paths['/v1/issues/{id}/retry']?.['post']);
    expect(retry).toContain('Takes no If-Match.');
  });

  it('promises the version and the ETag of now with every 412', () => {
    const refusals = operations.flatMap(({ responses }) => responses['412'] ?? []);
    expect(refusals.length).toBe(endpoints.filter(takesVersion).length);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({
        headers: { ETag: {} },
        content: {
          'application/problem+json': {
            schema: {
              allOf: expect.arrayContaining([expect.objectContaining({ required: ['version'] })]) as unknown,
            },
          },
        },
      });
  });

  it('removes in the version that If-Match names, without a body', () => {
    const remove = paths['/v1/webhook-endpoints/{id}']?.['delete'];
    expect(remove).not.toHaveProperty('requestBody');
    expect(JSON.stringify(remove)).toContain('If-Match');
  });

  it('lets nobody in without a key or a session, except where the contract says public', () => {
    const open = operations.filter((one) => one.security.length === 0).map((one) => one.operationId);
    expect(open).toEqual([
      'postSession',
      'getHealthLive',
      'getHealthReady',
      'getOpenapiJson',
      'postWebhooksExactByRegion',
    ]);
  });
});
