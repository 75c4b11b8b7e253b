/**
 * What a decision of the window counts as:
 * `fraud` and `legitimate` are known; `waiting` is too young (on the basis "mature" even if a label came early, since
 * early labels are mostly frauds); `declined` was stopped and never labelled, so nobody knows; `unscored` has no score.
 */
export type RowClass = "fraud" | "legitimate" | "waiting" | "declined" | "unscored";

/** By the code that classifyRows gives. */
export const rowClasses: readonly RowClass[] = ["waiting", "fraud", "legitimate", "declined", "unscored"];
