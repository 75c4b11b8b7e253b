/** Runs pieces of work one after the other, in the order they were asked for. */
export class Exclusive {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T> | T): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {}); // the caller hears of it; the next in turn need not
    return turn;
  }
}
