export type Work = { readonly seconds: number; readonly keystrokes: number; readonly clicks: number };

/** Measures what a case takes: time while the page is in view, key presses and clicks. Times are in milliseconds. */
export class WorkMeter {
  private seenMs = 0;
  private inViewSince: number | null;
  private keystrokes = 0;
  private clicks = 0;

  constructor(now: number, isInView: boolean) {
    this.inViewSince = isInView ? now : null;
  }

  /** Holding a key down is one press. */
  key(isRepeat: boolean): void {
    if (!isRepeat) this.keystrokes += 1;
  }

  click(): void {
    this.clicks += 1;
  }

  view(now: number, isInView: boolean): void {
    this.seenMs = this.seenUntil(now);
    this.inViewSince = isInView ? now : null;
  }

  /** So far; a day at most, which is what can be kept. */
  read(now: number): Work {
    const seconds = Math.min(this.seenUntil(now) / 1000, 86_400);
    return { seconds, keystrokes: this.keystrokes, clicks: this.clicks };
  }

  private seenUntil(now: number): number {
    return this.seenMs + (this.inViewSince === null ? 0 : Math.max(0, now - this.inViewSince));
  }
}
