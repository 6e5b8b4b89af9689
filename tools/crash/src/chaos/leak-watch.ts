const linesMax = 5;

/** Listens to log lines for what must never be in one (I12), however it is spelled. */
export class LeakWatch {
  /** The first lines that told something. */
  readonly lines: string[] = [];
  private readonly telltales = new Set<string>();

  constructor(telltales: readonly string[]) {
    this.keepSecret(...telltales);
  }

  keepSecret(...secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (secret === '') throw new RangeError('an empty secret would be in every line');
      this.telltales.add(secret.toLowerCase());
    }
  }

  hear(line: string): void {
    const heard = line.toLowerCase();
    const isLeak = [...this.telltales].some((secret) => heard.includes(secret));
    if (isLeak && this.lines.length < linesMax) this.lines.push(line);
  }
}
