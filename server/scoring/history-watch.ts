import type { Pool } from "pg";

/**
 * Notices payments that came into the log other than through scoring, such as an import: features know nothing of
 * them until they are rebuilt. A payment whose transaction ends after later ones were seen goes unnoticed until the
 * next rebuild.
 */
export class HistoryWatch {
  readonly #pool: Pool;
  #seenTo = 0;
  #grown = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Everything up to this sequence is known from now on. */
  restart(builtTo: number): void {
    this.#seenTo = builtTo;
    this.#grown = false;
  }

  /** Whether there is history that features don't know: "growing" while more of it arrives, then "grown". */
  async look(): Promise<"known" | "growing" | "grown"> {
    const { rows } = await this.#pool.query<{ last: number; foreign: boolean }>(
      `select coalesce(max(seq), $1)::bigint as last, coalesce(bool_or(origin <> 'api'), false) as foreign
       from transaction where seq > $1::bigint`,
      [this.#seenTo],
    );
    const { last, foreign } = rows[0] ?? { last: this.#seenTo, foreign: false };
    this.#seenTo = last;
    if (foreign) {
      this.#grown = true;
      return "growing";
    }
    return this.#grown ? "grown" : "known";
  }
}
