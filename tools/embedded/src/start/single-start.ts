import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandOf, readIfThere } from '../processes.js';

/** The note that a running `npm start` leaves in its data folder. */
export interface StartNote {
  readonly pid: number;
  /** Once it is ready. */
  readonly url?: string;
}

export interface SingleStart {
  /** Adds the address to the note. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

const attemptsMax = 3;

/** Claims a data folder for one start at a time; gives the note of the start that has it already. Notes of dead starts do not count. */
export async function claimSingleStart(
  dataDir: string,
): Promise<SingleStart | { readonly heldBy: StartNote }> {
  const file = path.join(dataDir, 'start.json');
  await mkdir(dataDir, { recursive: true });
  // What is in it is nobody else's business: tokens, relations, logs.
  await chmod(dataDir, 0o700);
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    if (await createNote(file, { pid: process.pid })) {
      return {
        announce: (url) => writeNote(file, { pid: process.pid, url }),
        release: () => rm(file, { force: true }),
      };
    }
    const note = readNote(file);
    // The number alone proves nothing: after a reboot it may be anybody's.
    if (note.pid > 0 && commandOf(note.pid).includes('node')) return { heldBy: note };
    await rm(file, { force: true });
  }
  throw new Error(`${file} cannot be claimed: another start keeps getting in between`);
}

/** By a link, so that the note appears whole: a half one would look like that of a dead start. */
async function createNote(file: string, note: StartNote): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeNote(draft, note);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** A note that was cut off in the middle belongs to a start that died. */
function readNote(file: string): StartNote {
  try {
    return JSON.parse(readIfThere(file) ?? '') as StartNote;
  } catch (error) {
    if (error instanceof SyntaxError) return { pid: 0 };
    throw error;
  }
}

const writeNote = (file: string, note: StartNote): Promise<void> => writeFile(file, JSON.stringify(note));
