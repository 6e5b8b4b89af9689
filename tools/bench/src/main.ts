import { cpus, totalmem } from 'node:os';
import { benchCoupling } from './coupling.js';
import { benchMatching } from './matching.js';
import { benchPortal } from './portal.js';
import { benchSync } from './sync.js';

const benches: Readonly<Record<string, (log: (line: string) => void) => Promise<boolean>>> = {
  coupling: benchCoupling,
  matching: benchMatching,
  portal: benchPortal,
  sync: benchSync,
};

const wanted = process.argv[2] ?? 'all';
const names = wanted === 'all' ? Object.keys(benches) : [wanted];
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
let areAllMet = true;
for (const name of names) {
  const bench = benches[name];
  if (!bench) {
    console.error(`no such benchmark: ${name}; there is ${Object.keys(benches).join(', ')}`);
    process.exit(2);
  }
  areAllMet = (await bench((line) => console.log(line))) && areAllMet;
}
process.exit(areAllMet ? 0 : 1);
