import { Exclusive } from "./exclusive.ts";
import type { FeatureStore, OrderedState } from "./feature-store.ts";

/** The store of a server that decides alone: nobody else has to be waited for or told. */
export class MemoryStore implements FeatureStore {
  readonly #exclusive = new Exclusive();

  turn<T>(_state: OrderedState, work: () => Promise<T> | T): Promise<T> {
    return this.#exclusive.run(work);
  }

  publish(): void {}

  missing(): null {
    return null;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
