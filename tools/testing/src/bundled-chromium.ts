import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './checks.js';

/** A Chromium and what its environment must hold. */
export interface Program {
  readonly executablePath: string;
  readonly env?: Record<string, string>;
}

const packageFolder = path.join(root, 'node_modules/@sparticuz/chromium');

/** The Chromium that npm brings, ready to start, also on a machine that lacks the libraries and fonts it needs. */
export async function bundledChromium(): Promise<Program> {
  const folder = await unpacked();
  const executablePath = path.join(folder, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  // A bare machine lacks NSS and others; the package brings them.
  const isComplete = spawnSync(executablePath, ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isComplete) env['LD_LIBRARY_PATH'] = path.join(folder, 'al2023/lib');
  return { executablePath, env };
}

/** Unpacks the package's Chromium once per version and user, in a folder of this project. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = path.join(root, `.data/chromium-${version}-${process.getuid?.() ?? 0}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.draft-${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    await unpackInto(draft);
    await writeFile(path.join(draft, 'fonts.conf'), fontsConfiguration(path.join(folder, 'fonts')));
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process finished first: its copy is the same.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The package always unpacks to the temporary directory, so that is what we point elsewhere for as long as it takes. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: bundle, inflate } = await import('@sparticuz/chromium');
    await bundle.executablePath();
    await inflate(path.join(packageFolder, 'bin/al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** The machine's own fonts where it has any, and the package's: without one font pages come out blank. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`;
}
