import { readFile } from 'node:fs/promises';

/** What its threads are at, as the kernel tells on Linux: "R running, S sleeping in futex_wait_queue"; empty elsewhere or when it is gone. */
export async function processState(pid: number): Promise<string> {
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const [stat, where] = [await read('stat'), await read('wchan')];
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!state) return '';
  const ticks = Number(fields[10]) + Number(fields[11]);
  return `${state}${where && where !== '0' ? ` in ${where}` : ''}, ${ticks / 100} s of processor`;
}
