import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly deprecated?: string; readonly version?: string }>>;
}
type Versions = Readonly<Record<string, string>>;

describe('the packages that npm installs', () => {
  it('are none that their makers have deprecated', () => {
    const { packages } = read('package-lock.json') as LockFile;

    expect(Object.keys(packages).length).toBeGreaterThan(500);
    expect(Object.keys(packages).filter((name) => packages[name]?.deprecated !== undefined)).toEqual([]);
  });

  it('are named with an exact version; of types, the major version of what they describe', () => {
    const { dependencies, devDependencies } = read('package.json') as Record<
      'dependencies' | 'devDependencies',
      Versions
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([name, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) && !name.startsWith('@types/'),
    );

    expect(loose).toEqual([]);
  });
});
