import type { TrainingMemory } from "./training-memory.ts";
import { runTask, type TrainingTask } from "./training-task.ts";

/** Those who do the tasks of a fit. `run` comes back when all shares are done, and says how many there were. */
export type TrainingTeam = {
  run(task: TrainingTask): number;
  /** Ends what was started for the fit. */
  close(): Promise<void>;
};

/** The calling thread alone. */
export function soloTeam(memory: TrainingMemory): TrainingTeam {
  return {
    run(task) {
      runTask(memory, task, { index: 0, of: 1 });
      return 1;
    },
    close: async () => {},
  };
}
