/** Lets long work go on in pieces: one piece per turn of the event loop, whoever does it, and everything else between. */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Whether somebody waits already: who comes new waits too, so that many together take no more than one. */
  get busy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves when it is this one's turn. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(() => this.#wake());
    });
  }

  /** The one that woke stays at the head until the next turn, so that nobody starts beside it. */
  #wake(): void {
    this.#waiting[0]?.();
    setImmediate(() => {
      this.#waiting.shift();
      if (this.#waiting.length > 0) this.#wake();
    });
  }
}
