/** Work that stops after each step for whoever wants to do something else in between. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Does all steps at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does the steps in slices of some milliseconds, each behind a `pause`. */
export async function finishInSlices<Result>(
  steps: Steps<Result>,
  { pause, sliceMs }: { readonly pause: () => Promise<unknown>; readonly sliceMs: number },
): Promise<Result> {
  for (;;) {
    await pause();
    const end = performance.now() + sliceMs;
    do {
      const { done, value } = steps.next();
      if (done) return value;
    } while (performance.now() < end);
  }
}
