import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { InputError } from './input-error.js';

const charsPerWrite = 1 << 16;

/** A text file that appears under its name only when it is complete; until then its name ends in `.part`. */
export class AtomicFile {
  private buffered: string[] = [];
  private bufferedChars = 0;
  private readonly descriptor: number;
  private readonly file: string;
  private isOpen = true;

  /** Opens the file (that a link leads to); a place where none can be made is an InputError. */
  constructor(file: string) {
    this.file = assertReplaceable(file);
    try {
      this.descriptor = openSync(this.part, 'w');
    } catch (error) {
      const reason = (error as Error).message;
      throw new InputError('file-unwritable', `${file} cannot be written: ${reason}`, { cause: error });
    }
  }

  write(text: string): void {
    this.buffered.push(text);
    this.bufferedChars += text.length;
    if (this.bufferedChars >= charsPerWrite) this.flush();
  }

  /** Makes the file appear under its name. */
  commit(): void {
    this.flush();
    this.close();
    renameSync(this.part, this.file);
  }

  /** Leaves nothing of an uncommitted file behind; does nothing after a commit. */
  discard(): void {
    if (!this.isOpen) return;
    this.close();
    rmSync(this.part, { force: true });
  }

  private get part(): string {
    return `${this.file}.part`;
  }

  private close(): void {
    closeSync(this.descriptor);
    this.isOpen = false;
  }

  private flush(): void {
    const bytes = Buffer.from(this.buffered.join(''));
    for (let done = 0; done < bytes.length;) done += writeSync(this.descriptor, bytes, done);
    this.buffered = [];
    this.bufferedChars = 0;
  }
}

/** Where the file will stand; its folder must be there. What is there already and is no file (a folder, a device, a pipe) is an InputError: it would be replaced. */
export function assertReplaceable(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) {
    const folder = path.dirname(file);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return file;
    throw new InputError('file-unwritable', `${file} cannot be written: the folder ${folder} is not there`);
  }
  if (found.isFile()) return realpathSync(file);
  const what = found.isDirectory() ? 'a folder' : 'no ordinary file';
  throw new InputError('file-unwritable', `${file} cannot be written: it is ${what}`);
}
