interface Waiting {
  readonly need: number;
  readonly enter: () => void;
}

/**
 * Room for so many accounts in the memory of this process: whoever needs more than is left waits until others have ended, first come first
 * served. Who needs more than there is comes alone.
 */
export class Room {
  #taken = 0;
  readonly #waiting: Waiting[] = [];

  constructor(private readonly accountsMax: number) {}

  async during<T>(need: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ need, enter });
      this.#letIn();
    });
    try {
      return await work();
    } finally {
      this.#taken -= need;
      this.#letIn();
    }
  }

  #letIn(): void {
    for (let [next] = this.#waiting; next && this.#fits(next); [next] = this.#waiting) {
      this.#waiting.shift();
      this.#taken += next.need;
      next.enter();
    }
  }

  #fits({ need }: Waiting): boolean {
    return this.#taken === 0 || this.#taken + need <= this.accountsMax;
  }
}
