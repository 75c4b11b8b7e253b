export type Repetition = {
  /** Starts no further turn; resolves when the one under way is done. */
  stop(): Promise<void>;
};

/**
 * Runs `work` at once and then again and again, `pauseMs` after each turn's end, so that turns never overlap. A turn
 * that fails is reported and does not end the repetition.
 */
export function repeat(
  pauseMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Repetition {
  let stopped = false;
  let wake = (): void => {};
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const turns = async (): Promise<void> => {
    while (!stopped) {
      try {
        await work();
      } catch (error) {
        onError(error);
      }
      if (!stopped) await pause();
    }
  };
  const running = turns();
  return {
    stop: () => {
      stopped = true;
      wake();
      return running;
    },
  };
}
