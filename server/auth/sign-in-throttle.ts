const WINDOW_MS = 5 * 60_000;
const MAX_FAILURES = 8;
const MAX_ACCOUNTS = 10_000;

/** Slows password guessing: after 8 failures within 5 minutes an account rests until the window has passed. */
export class SignInThrottle {
  readonly #failures = new Map<string, { count: number; since: number }>();

  /** True while the account must not be tried. */
  isResting(account: string, now: Date): boolean {
    const seen = this.#failures.get(account);
    return seen !== undefined && now.getTime() - seen.since < WINDOW_MS && seen.count >= MAX_FAILURES;
  }

  recordFailure(account: string, now: Date): void {
    const seen = this.#failures.get(account);
    const isCurrent = seen !== undefined && now.getTime() - seen.since < WINDOW_MS;
    this.#failures.delete(account);
    this.#failures.set(
      account,
      isCurrent ? { ...seen, count: seen.count + 1 } : { count: 1, since: now.getTime() },
    );
    this.#forgetOldest();
  }

  recordSuccess(account: string): void {
    this.#failures.delete(account);
  }

  /** Memory stays bounded when somebody tries endless addresses. */
  #forgetOldest(): void {
    if (this.#failures.size <= MAX_ACCOUNTS) return;
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }
}
