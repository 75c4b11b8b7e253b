type Reason = { readonly code: string; readonly text: string; readonly contribution: number };

export type ContributionBar = Reason & {
  /** where the bar begins and how long it is, as shares of a track whose middle is zero */
  readonly left: number;
  readonly width: number;
  /** "+1.42", "−0.30" */
  readonly figure: string;
};

/** Bars around a common middle, the strongest reason as long as its half; all zero gives bars of no length. */
export function contributionBars(reasons: readonly Reason[]): ContributionBar[] {
  const strongest = Math.max(...reasons.map((reason) => Math.abs(reason.contribution)), 0);
  return reasons.map((reason) => {
    const width = strongest === 0 ? 0 : Math.abs(reason.contribution) / strongest / 2;
    const left = reason.contribution < 0 ? 0.5 - width : 0.5;
    return { ...reason, left, width, figure: signed(reason.contribution) };
  });
}

function signed(value: number): string {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  return `${sign}${Math.abs(value).toFixed(2)}`;
}
