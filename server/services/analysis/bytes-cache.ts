/** Keeps what was used last, up to so many bytes in all; what is larger by itself is not kept. */
export class BytesCache<Value> {
  readonly #most: number;
  readonly #held = new Map<string, { readonly value: Value; readonly bytes: number }>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  /** Null when it is not held. */
  get(key: string): Value | null {
    const entry = this.#held.get(key);
    if (entry === undefined) return null;
    this.#held.delete(key);
    this.#held.set(key, entry); // a Map lists in order of insertion: the first is the one unused for longest
    return entry.value;
  }

  set(key: string, value: Value, bytes: number): void {
    this.#drop(key);
    if (bytes > this.#most) return;
    this.#held.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#most) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#held.get(key)?.bytes ?? 0;
    this.#held.delete(key);
  }
}
