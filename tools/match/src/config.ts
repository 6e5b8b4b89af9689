/** Where the command was typed: npm runs scripts in the project's root, and paths are meant from elsewhere. */
export function startFolder(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}
