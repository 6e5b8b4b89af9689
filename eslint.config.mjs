import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;
// Without a fresh graph the import rule skips itself, with a warning only. No daemon: nothing may stay behind.
process.env.NX_DAEMON = 'false';
await createProjectGraphAsync({ exitOnError: true });
const specs = ['**/*.spec.ts', '**/*.e2e.ts', '**/testing/**/*.ts', 'apps/web/e2e/**/*.ts'];
const webTypes = ['apps/web/tsconfig.app.json', 'apps/web/tsconfig.json'].find((file) =>
  existsSync(path.join(root, file)),
);

/** Which layer may build on which, and on which packages. Every package on a closed list is there for the reason beside it. */
const layers = [
  // Pure and small: phone numbers, IBAN, VAT and KvK checks, registrable domains, edit distance, transliteration, ranges of addresses.
  layer(
    'domain',
    ['domain'],
    ['libphonenumber-js', 'ibantools', 'stdnum', 'tldts', 'fastest-levenshtein', 'any-ascii', 'ipaddr.js'],
  ),
  layer('contracts', ['contracts', 'domain'], ['zod']),
  layer('exact', ['exact'], ['zod']),
  layer('persistence', ['persistence', 'domain'], ['drizzle-orm', 'drizzle-kit', 'postgres']),
  // Nest on Fastify (and its plugins), and the log. No queue: the api writes to the outbox.
  layer(
    'api',
    ['api', 'domain', 'contracts', 'exact', 'persistence'],
    [
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/platform-fastify',
      'fastify',
      '@fastify/*',
      'reflect-metadata',
      'rxjs',
      'zod',
      'pino',
    ],
  ),
  // Nest, the queue and the drivers of its two backends, signing, and the log.
  layer(
    'worker',
    ['worker', 'domain', 'exact', 'persistence'],
    ['@nestjs/*', 'bullmq', 'pg', 'ioredis', 'reflect-metadata', 'rxjs', 'standardwebhooks', 'zod', 'pino'],
  ),
  layer('web', ['web', 'contracts'], ['@angular/*', 'rxjs', 'tslib', '@fontsource-variable/inter']),
  // Its own reading of Exact's documentation: with a part of ours, client and sandbox would be wrong together.
  layer('sandbox', ['sandbox'], ['fastify', '@fastify/*']),
  { sourceTag: 'layer:tool', onlyDependOnLibsWithTags: ['*'] },
];

function layer(name, others, packages) {
  return {
    sourceTag: `layer:${name}`,
    onlyDependOnLibsWithTags: others.map((other) => `layer:${other}`),
    allowedExternalImports: packages.flatMap((entry) => [entry, `${entry}/**`]),
  };
}

const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'Only config.ts reads the environment.',
};
const noClock = { object: 'Date', property: 'now', message: 'Take the time from deps (now).' };
const noDice = { object: 'Math', property: 'random', message: 'Take ids and chance from deps.' };
const noBareDate = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Take the time from deps (now).',
};
const noExportAll = {
  selector: 'ExportAllDeclaration',
  message: 'Name what is exported: an entry is a promise.',
};

const builtins = {
  group: ['node:*', ...builtinModules],
  message: 'This library runs in any JavaScript: no Node.',
};
const exactRoot = {
  name: '@koppel/exact-client',
  message: 'The api only uses its auth and webhooks entries.',
};

const sizes = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.angular/**',
      '.nx/**',
      '.data/**',
      'coverage/**',
      'libs/persistence/migrations/**',
    ],
  },
  { files: ['**/*.mjs'], rules: sizes },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.lint.json', ...(webTypes ? [webTypes, 'apps/web/tsconfig.spec.json'] : [])],
        tsconfigRootDir: root,
      },
    },
    rules: {
      ...sizes,
      eqeqeq: 'error',
      // Angular's and zod's own statics are made to be handed over.
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      // A port in memory answers at once and is asynchronous all the same.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      'no-restricted-syntax': ['error', noExportAll],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true },
      ],
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, banTransitiveDependencies: false, depConstraints: layers },
      ],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: [...specs, '**/config.ts', '**/deps.ts'],
    rules: {
      'no-restricted-properties': ['error', noEnvironment, noClock, noDice],
      'no-restricted-syntax': ['error', noExportAll, noBareDate],
    },
  },
  // The composition roots: deps.ts makes the clock and the ids, config.ts reads the environment.
  {
    files: ['libs/**/deps.ts', 'apps/**/deps.ts'],
    rules: { 'no-restricted-properties': ['error', noEnvironment] },
  },
  {
    files: ['libs/**/config.ts', 'apps/**/config.ts'],
    rules: { 'no-restricted-properties': ['error', noClock, noDice] },
  },
  {
    files: ['libs/{domain,contracts}/src/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { patterns: [builtins] }] },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    ignores: specs,
    rules: { 'no-restricted-imports': ['error', { paths: [exactRoot] }] },
  },
  {
    // An entry only names what its project gives out.
    files: ['**/index.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // A spec may use the sandbox, the runner and every testing entry; the architecture test watches what it may not.
    files: specs,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'max-params': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@nx/enforce-module-boundaries': 'off',
    },
  },
  {
    files: ['apps/web/src/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
  },
  {
    files: ['apps/web/src/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/label-has-associated-control': [
        'error',
        { controlComponents: ['mat-radio-button', 'mat-checkbox'] },
      ],
    },
  },
);
