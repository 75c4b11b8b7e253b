import type { windowInput } from "./search-params.ts";
import type { Performance } from "./types.ts";

/** What every tab of the page is given. */
export type TabProps = {
  /** the window as it was read, with the operating points */
  view: Performance;
  /** the same window as the API wants it */
  input: ReturnType<typeof windowInput>;
  /** where the handle stands */
  threshold: number;
  onThreshold: (threshold: number) => void;
};
